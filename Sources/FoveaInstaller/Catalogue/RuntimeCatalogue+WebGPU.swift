import FoveaBackends

extension RuntimeCatalogue {
    /// The WebGPU provider, by Microsoft.
    static let webGPU = [
        Entry(
            .webgpu, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_ep_webgpu-0.4.0-py3-none-manylinux_2_28_x86_64.whl",
                    folder: "c1/96/2a18a45079250afcd825687aef2895de266d5abc1cff9f52d2dede7598f2",
                    sha256: "5d8c961eda91a88961cad1fb7621f389f006b18497d6ea9ecf96f729f066cbfb",
                    bytes: 6_892_120, unpacked: 16_793_663,
                    keep: ["onnxruntime_ep_webgpu/libonnxruntime_providers_webgpu.so"])
            ]),
        Entry(
            .webgpu, .aarch64,
            [
                RuntimeWheel(
                    "onnxruntime_ep_webgpu-0.4.0-py3-none-manylinux_2_28_aarch64.whl",
                    folder: "4e/ca/00c70322c19913c81a6bb2239aca83781b97a818b55c2ec3d25cec72dc4c",
                    sha256: "17f660db53b1a509c63e721ac6784a2daa1c4e91a968523ee9986505ee5b0a55",
                    bytes: 6_096_222, unpacked: 14_205_223,
                    keep: ["onnxruntime_ep_webgpu/libonnxruntime_providers_webgpu.so"])
            ]),
    ]
}
