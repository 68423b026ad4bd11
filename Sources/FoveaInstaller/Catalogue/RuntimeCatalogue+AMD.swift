import FoveaBackends

extension RuntimeCatalogue {
    /// ONNX Runtime with AMD's providers. They need glibc 2.34 or newer.
    static let amd = [
        Entry(
            .migraphx, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_migraphx-1.27.1-cp311-cp311-manylinux_2_34_x86_64.whl",
                    folder: "12/e9/12aae039e0869827551ad6212a889958b7851ee866fed331c44bfbec5a02",
                    sha256: "4a178713a67dbcd1a952edb89d60e856ec70538f8f9848c89745ae2328305b6d",
                    bytes: 21_462_548, unpacked: 31_323_107,
                    keep: runtimeFiles)
            ]),
        Entry(
            .rocm, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime_rocm-1.22.2.post3-cp311-cp311-manylinux_2_34_x86_64.whl",
                    folder: "9d/b6/5671a3f5e344a532b60b44e3093e4052f95aeb9f55d37e16a473baad8d45",
                    sha256: "705596b48933446ae6766921c5c8a46ef42f0c735bf158b6eb44a60bf7f95230",
                    bytes: 56_872_045, unpacked: 540_162_050,
                    keep: runtimeFiles)
            ]),
    ]
}
