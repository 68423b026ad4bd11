import FoveaBackends

extension RuntimeCatalogue {
    /// OpenVINO, by Intel.
    static let intel = [
        Entry(
            .openvino, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_ep_openvino-1.8.1-py3-none-manylinux_2_28_x86_64.whl",
                    folder: "88/01/4e72a8a65b584f01d6e59eb453bae397b82b2e51df1b5c94efa05e17800b",
                    sha256: "3832643158c8c187fcab6db661cde2a8c06a2b3559d95d0f2411ac0e51c5e924",
                    bytes: 52_587_628, unpacked: 158_515_329,
                    keep: openVINOPlugin)
            ]),
        Entry(
            .openvinoClassic, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_openvino-1.24.1-cp311-cp311-manylinux_2_28_x86_64.whl",
                    folder: "99/16/69ca742f0b65c40d4de3ff44bb6abc23c47b23e932bc901116176ae69922",
                    sha256: "3007c803634cc69c6d52af1dea7ce729d9bb62b9a11070fd2f959119199007a8",
                    bytes: 84_430_935, unpacked: 158_967_685,
                    keep: openVINOClassic)
            ]),
    ]

    /// The wheel has the plug-in three times, under three names.
    private static let openVINOPlugin: [KeptMember] = [
        "onnxruntime_ep_openvino/libonnxruntime_providers_openvino_plugin.so",
        "onnxruntime_ep_openvino/libopenvino*", "onnxruntime_ep_openvino/libtbb*",
        "onnxruntime_ep_openvino/libhwloc*",
        // Kernels that OpenVINO's GPU plug-in has been tuned to.
        "onnxruntime_ep_openvino/cache.json",
    ]

    /// The wheel has OpenVINO's libraries three times; these are the names that
    /// the others need. Its C interface is not used.
    private static let openVINOClassic: [KeptMember] = [
        "onnxruntime/capi/libonnxruntime*", "onnxruntime/capi/libopenvino.so.2541",
        "onnxruntime/capi/libopenvino_onnx_frontend.so.2541", "onnxruntime/capi/libopenvino_*_plugin.so",
        "onnxruntime/capi/libtbb.so.12", "onnxruntime/capi/libtbbmalloc.so",
    ]
}
