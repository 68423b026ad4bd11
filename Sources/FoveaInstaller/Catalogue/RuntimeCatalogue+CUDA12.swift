import FoveaBackends

extension RuntimeCatalogue {
    /// ONNX Runtime for CUDA 12, by Microsoft, and NVIDIA's libraries: a newer
    /// one from Pascal on, and one that still has code for Maxwell.
    static let cuda12 = [
        Entry(
            .cuda12, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_gpu-1.22.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
                    folder: "4a/10/cd3e7e289f7b46eb93e38b5c90139f735bf1ea7f03d4b17ceb0e998e5bb6",
                    sha256: "d30c1512f22b1f01bacb4f177d49cbefd23e0f4bef56066f1282992d133e6ff8",
                    bytes: 283_204_403, unpacked: 428_563_764,
                    keep: runtimeFiles)
            ] + cuda12Libraries),
        Entry(
            .cuda12Maxwell, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_gpu-1.20.2-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
                    folder: "5e/53/9341b875b0ed29953485b43713e94b335a449c3770fed67dddb3c9b84af0",
                    sha256: "85057c7006457bee14fc2a57417b7e4f396f10d9c1b08b11aae08ac2b825eeda",
                    bytes: 291_518_407, unpacked: 785_303_239,
                    keep: runtimeFiles)
            ] + cuda12Libraries),
    ]

    /// CUDA 12.2 Update 2, so that drivers from 535 on will do.
    ///
    /// cuDNN is 9.10.2, the last that has code for Maxwell, Pascal and Volta:
    /// see the support matrices of cuDNN 9.10.0 and 9.11.0
    /// (docs.nvidia.com/deeplearning/cudnn/backend/v9.11.0/reference/support-matrix.html)
    /// as compared in github.com/immich-app/immich/pull/23110; programs crash on
    /// such cards with a newer one (github.com/conda-forge/tensorflow-feedstock/pull/457).
    /// `libcudnn_ops` of this wheel has machine code for compute capabilities
    /// 5.0, 6.0, 6.1, 7.0, 8.0, 9.0, 10.0 and 12.0; `libcublas` for 5.0 to 9.0.
    private static let cuda12Libraries: [RuntimeWheel] = [
        RuntimeWheel(
            "nvidia_cuda_runtime_cu12-12.2.140-py3-none-manylinux1_x86_64.whl",
            folder: "95/46/6361d45c7a6fe3b3bb8d5fa35eb43c1dcd12d14799a0dc6faef3d76eaf41",
            sha256: "acb9cb7e44594a3512533497ea790d9f0b0e399abcc888584c157d1ffa080e41",
            bytes: 845_802, unpacked: 744_129,
            keep: ["nvidia/cuda_runtime/lib/libcudart.so.12"]),
        RuntimeWheel(
            "nvidia_cublas_cu12-12.2.5.6-py3-none-manylinux1_x86_64.whl",
            folder: "b6/6a/e8cca34f85b18a0280e3a19faca1923f6a04e7d587e9d8e33bc295a52b6d",
            sha256: "f448d8db463f9a2c7dd9a1e607c0961d3e95f825b86839c5882f7d073d406df0",
            bytes: 417_825_305, unpacked: 632_579_807,
            keep: ["nvidia/cublas/lib/libcublas.so.12", "nvidia/cublas/lib/libcublasLt.so.12"]),
        RuntimeWheel(
            "nvidia_curand_cu12-10.3.3.141-py3-none-manylinux1_x86_64.whl",
            folder: "c1/2c/9677fd666335801f565505bf831891b6ac6f645fe9e7689acc7d09f9a7fb",
            sha256: "7b6bad6817b5df2a6f5ec221206fb895d9195fdd7d2443f3e86554108c141a0a",
            bytes: 56_463_566, unpacked: 96_914_193,
            keep: ["nvidia/curand/lib/libcurand.so.10"]),
        RuntimeWheel(
            "nvidia_cufft_cu12-11.0.8.103-py3-none-manylinux1_x86_64.whl",
            folder: "8f/86/311c32926aa321ebc169d6c910a1ecd30339ae198014e0d4a7cf448f6ce9",
            sha256: "72e961e578f9be9e316ccb4db8652c421dd0b57442624faa71061d452f449a67",
            bytes: 98_570_970, unpacked: 178_448_262,
            keep: ["nvidia/cufft/lib/libcufft.so.11"]),
        RuntimeWheel(
            "nvidia_cuda_nvrtc_cu12-12.2.140-py3-none-manylinux1_x86_64.whl",
            folder: "cb/84/bb975ca63e3d4017824ad3d62e141db8492bc53cec6dc84705fb0650c22d",
            sha256: "b1cdcae6443cb7cdcfb5d1bf51896a148c9f82f9e65b27db9ab095eaed689aa7",
            bytes: 23_430_053, unpacked: 60_546_609,
            keep: [
                "nvidia/cuda_nvrtc/lib/libnvrtc.so.12",
                "nvidia/cuda_nvrtc/lib/libnvrtc-builtins.so.12.2",
            ]),
        RuntimeWheel(
            "nvidia_nvjitlink_cu12-12.2.140-py3-none-manylinux1_x86_64.whl",
            folder: "0a/f8/5193b57555cbeecfdb6ade643df0d4218cc6385485492b6e2f64ceae53bb",
            sha256: "95635cafbf9f96c38bea5200ab145a2e6aefbb5405e0b04c1e4ba54df2d84ec9",
            bytes: 20_177_273, unpacked: 49_682_316,
            keep: ["nvidia/nvjitlink/lib/libnvJitLink.so.12"]),
        RuntimeWheel(
            "nvidia_cudnn_cu12-9.10.2.21-py3-none-manylinux_2_27_x86_64.whl",
            folder: "ba/51/e123d997aa098c61d029f76663dedbfb9bc8dcf8c60cbd6adbe42f76d049",
            sha256: "949452be657fa16687d0930933f032835951ef0892b37d2d53824d1a84dc97a8",
            bytes: 706_758_467, unpacked: 1_053_252_930,
            keep: ["nvidia/cudnn/lib/libcudnn*.so.9"]),
    ]
}
