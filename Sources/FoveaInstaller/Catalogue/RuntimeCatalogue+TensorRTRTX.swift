import FoveaBackends

extension RuntimeCatalogue {
    /// TensorRT for RTX with its CUDA 13 runtime, by NVIDIA.
    static let tensorRTRTX = [
        Entry(
            .tensorRTRTX, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_ep_nv_tensorrt_rtx_cu13-0.5.0-py3-none-manylinux_2_28_x86_64.whl",
                    folder: "6b/ea/033a6d73b74a443cbf67247e3700b2a2f5076b37af4b00e433fbbd46fa6d",
                    sha256: "32f575c633d171b4edf4b53d3bb22b72a6c9c0a850d2982ce9a788a5d40d3298",
                    bytes: 146_476_965, unpacked: 315_370_151,
                    keep: tensorRTRTXFiles)
            ]),
        Entry(
            .tensorRTRTX, .aarch64,
            [
                RuntimeWheel(
                    "onnxruntime_ep_nv_tensorrt_rtx_cu13-0.5.0-py3-none-manylinux_2_35_aarch64.whl",
                    folder: "9c/5e/9b63610651a0f5d2c8712b84f64c8cee3b3b83564cc20be207d00272d982",
                    sha256: "1f0bb2b89bb3dfd43096fccb8ec1f581c266c5852c4e6ba672b7bf790c8c96c2",
                    bytes: 134_855_549, unpacked: 289_728_175,
                    keep: tensorRTRTXFiles)
            ]),
    ]

    /// The wheel has each library under its full version. Others need it by the
    /// name without, and TensorRT opens itself by the shortest (so says the
    /// wheel's own Python module, which makes links of these names).
    private static let tensorRTRTXFiles: [KeptMember] = [
        "onnxruntime_ep_nv_tensorrt_rtx/libonnxruntime_providers_nv_tensorrt_rtx.so",
        "onnxruntime_ep_nv_tensorrt_rtx/libtensorrt_plugins.so",
        "onnxruntime_ep_nv_tensorrt_rtx/libtensorrt_shim.so",
        KeptMember(
            "onnxruntime_ep_nv_tensorrt_rtx/libtensorrt_rtx.so.*",
            as: "libtensorrt_rtx.so.1", link: "libtensorrt_rtx.so"),
        KeptMember(
            "onnxruntime_ep_nv_tensorrt_rtx/libtensorrt_onnxparser_rtx.so.*",
            as: "libtensorrt_onnxparser_rtx.so.1", link: "libtensorrt_onnxparser_rtx.so"),
        KeptMember("onnxruntime_ep_nv_tensorrt_rtx/libcudart.so.13.*", as: "libcudart.so.13"),
    ]
}
