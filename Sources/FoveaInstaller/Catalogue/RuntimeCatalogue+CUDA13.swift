import FoveaBackends

extension RuntimeCatalogue {
    /// ONNX Runtime for CUDA 13, by Microsoft, and NVIDIA's libraries.
    ///
    /// CUDA 13.0 Update 2, which is what the provider was built for (13.0), so
    /// that any driver of CUDA 13 will do: 580 and newer. The provider was built
    /// for a recent cuDNN 9, and cuDNN is compatible with programs built for an
    /// older one, hence the newest. Its `libcudnn_ops` has machine code for
    /// compute capabilities 7.5, 8.0, 9.0, 10.0 and 12.0.
    static let cuda13 = [
        Entry(
            .cuda13, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_gpu-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl",
                    folder: "92/1b/23ae6bfa165cf01f2566aeab3076135d0db8edf5b543c1556fd6b1d93c7f",
                    sha256: "e26c475fe361b2015f45b4b824bd13f0bb20204e59b62814e6f0acd5f3d491a6",
                    bytes: 255_560_985, unpacked: 314_791_504,
                    keep: runtimeFiles),
                RuntimeWheel(
                    "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                    folder: "2e/24/d1558f3b68b1d26e706813b1d10aa1d785e4698c425af8db8edc3dced472",
                    sha256: "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548",
                    bytes: 2_243_632, unpacked: 765_243,
                    keep: ["nvidia/cu13/lib/libcudart.so.13"]),
                RuntimeWheel(
                    "nvidia_cublas-13.1.0.3-py3-none-manylinux_2_27_x86_64.whl",
                    folder: "e7/44/423ac00af4dd95a5aeb27207e2c0d9b7118702149bf4704c3ddb55bb7429",
                    sha256: "ee8722c1f0145ab246bccb9e452153b5e0515fd094c3678df50b2a0888b8b171",
                    bytes: 423_133_236, unpacked: 595_834_530,
                    keep: ["nvidia/cu13/lib/libcublas.so.13", "nvidia/cu13/lib/libcublasLt.so.13"]),
                RuntimeWheel(
                    "nvidia_curand-10.4.0.35-py3-none-manylinux_2_27_x86_64.whl",
                    folder: "a5/9f/be0a41ca4a4917abf5cb9ae0daff1a6060cc5de950aec0396de9f3b52bc5",
                    sha256: "1aee33a5da6e1db083fe2b90082def8915f30f3248d5896bcec36a579d941bfc",
                    bytes: 59_544_258, unpacked: 132_759_293,
                    keep: ["nvidia/cu13/lib/libcurand.so.10"]),
                RuntimeWheel(
                    "nvidia_cufft-12.0.0.61-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                    folder: "a8/2f/7b57e29836ea8714f81e9898409196f47d772d5ddedddf1592eadb8ab743",
                    sha256: "6c44f692dce8fd5ffd3e3df134b6cdb9c2f72d99cf40b62c32dde45eea9ddad3",
                    bytes: 214_085_489, unpacked: 286_603_369,
                    keep: ["nvidia/cu13/lib/libcufft.so.12"]),
                RuntimeWheel(
                    "nvidia_cuda_nvrtc-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
                    folder: "c3/68/483a78f5e8f31b08fb1bb671559968c0ca3a065ac7acabfc7cee55214fd6",
                    sha256: "ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575",
                    bytes: 90_215_200, unpacked: 113_779_645,
                    keep: ["nvidia/cu13/lib/libnvrtc.so.13", "nvidia/cu13/lib/libnvrtc-builtins.so.13.0"]),
                RuntimeWheel(
                    "nvidia_nvjitlink-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
                    folder: "56/7a/123e033aaff487c77107195fa5a2b8686795ca537935a24efae476c41f05",
                    sha256: "13a74f429e23b921c1109976abefacc69835f2f433ebd323d3946e11d804e47b",
                    bytes: 40_713_933, unpacked: 98_867_712,
                    keep: ["nvidia/cu13/lib/libnvJitLink.so.13"]),
                RuntimeWheel(
                    "nvidia_cudnn_cu13-9.28.1.4-py3-none-manylinux_2_27_x86_64.whl",
                    folder: "ef/6f/94535c450d44a68ef0b43d7a5e54c0e5ecda2ca3db7daec5d54c8d94e0d8",
                    sha256: "a54f205b1db1f2895d99f398754db1369816f0569dd459731f925635cf7b65ec",
                    bytes: 516_817_937, unpacked: 940_133_153,
                    keep: ["nvidia/cudnn/lib/libcudnn*.so.9"]),
            ]),
        Entry(
            .cuda13, .aarch64,
            [
                RuntimeWheel(
                    "onnxruntime_gpu-1.31.1-cp311-cp311-manylinux_2_34_aarch64.whl",
                    folder: "95/dc/6611f496ca3c99d1141394bcec9ac1431d52bfd5394b84f8a86d0be24700",
                    sha256: "dc878916611b8a816000ffedacc5f5988f77bb93bf9655ad20144ee3acb08e55",
                    bytes: 212_349_085, unpacked: 263_469_464,
                    keep: runtimeFiles),
                RuntimeWheel(
                    "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.whl",
                    folder: "87/4f/17d7b9b8e285199c58ce28e31b5c5bbaa4d8271af06a89b6405258245de2",
                    sha256: "ef9bcbe90493a2b9d810e43d249adb3d02e98dd30200d86607d8d02687c43f55",
                    bytes: 2_261_060, unpacked: 768_707,
                    keep: ["nvidia/cu13/lib/libcudart.so.13"]),
                RuntimeWheel(
                    "nvidia_cublas-13.1.0.3-py3-none-manylinux_2_27_aarch64.whl",
                    folder: "e1/a5/fce49e2ae977e0ccc084e5adafceb4f0ac0c8333cb6863501618a7277f67",
                    sha256: "c86fc7f7ae36d7528288c5d88098edcb7b02c633d262e7ddbb86b0ad91be5df2",
                    bytes: 542_851_226, unpacked: 691_908_930,
                    keep: ["nvidia/cu13/lib/libcublas.so.13", "nvidia/cu13/lib/libcublasLt.so.13"]),
                RuntimeWheel(
                    "nvidia_curand-10.4.0.35-py3-none-manylinux_2_27_aarch64.whl",
                    folder: "1e/72/7c2ae24fb6b63a32e6ae5d241cc65263ea18d08802aaae087d9f013335a2",
                    sha256: "133df5a7509c3e292aaa2b477afd0194f06ce4ea24d714d616ff36439cee349a",
                    bytes: 61_962_106, unpacked: 147_950_333,
                    keep: ["nvidia/cu13/lib/libcurand.so.10"]),
                RuntimeWheel(
                    "nvidia_cufft-12.0.0.61-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.whl",
                    folder: "8b/ae/f417a75c0259e85c1d2f83ca4e960289a5f814ed0cea74d18c353d3e989d",
                    sha256: "2708c852ef8cd89d1d2068bdbece0aa188813a0c934db3779b9b1faa8442e5f5",
                    bytes: 214_053_554, unpacked: 283_346_769,
                    keep: ["nvidia/cu13/lib/libcufft.so.12"]),
                RuntimeWheel(
                    "nvidia_cuda_nvrtc-13.0.88-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.whl",
                    folder: "b7/dc/6bb80850e0b7edd6588d560758f17e0550893a1feaf436807d64d2da040f",
                    sha256: "d27f20a0ca67a4bb34268a5e951033496c5b74870b868bacd046b1b8e0c3267b",
                    bytes: 43_015_449, unpacked: 103_947_365,
                    keep: ["nvidia/cu13/lib/libnvrtc.so.13", "nvidia/cu13/lib/libnvrtc-builtins.so.13.0"]),
                RuntimeWheel(
                    "nvidia_nvjitlink-13.0.88-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.whl",
                    folder: "ab/2c/93c5250e64df4f894f1cbb397c6fd71f79813f9fd79d7cd61de3f97b3c2d",
                    sha256: "e931536ccc7d467a98ba1d8b89ff7fa7f1fa3b13f2b0069118cd7f47bff07d0c",
                    bytes: 38_768_748, unpacked: 89_319_920,
                    keep: ["nvidia/cu13/lib/libnvJitLink.so.13"]),
                RuntimeWheel(
                    "nvidia_cudnn_cu13-9.28.1.4-py3-none-manylinux_2_27_aarch64.whl",
                    folder: "08/b2/e50ec98e7d746d194aafab84dfb5a49b29ba1934441ddc613833ea0bdac7",
                    sha256: "759b6a4919951ed8ec603dec97b96f6a6396c8269b95b3d345526e2471fb433d",
                    bytes: 597_008_823, unpacked: 1_024_159_801,
                    keep: ["nvidia/cudnn/lib/libcudnn*.so.9"]),
            ]),
    ]
}
