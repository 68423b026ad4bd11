import FoveaBackends

extension RuntimeCatalogue {
    /// What is kept of a wheel that brings ONNX Runtime: the runtime, and the
    /// providers that it opens.
    static let runtimeFiles: [KeptMember] = ["onnxruntime/capi/libonnxruntime*"]

    /// ONNX Runtime itself, by Microsoft.
    static let onnxRuntime = [
        Entry(
            .onnxruntime, .x86_64,
            [
                RuntimeWheel(
                    "onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl",
                    folder: "b4/1d/0f85ee31a3d93f2243a5cc29252becf858f53ac5cfa6c9c15d9ffe107eea",
                    sha256: "5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f",
                    bytes: 23_753_652, unpacked: 29_711_832,
                    keep: runtimeFiles)
            ]),
        Entry(
            .onnxruntime, .aarch64,
            [
                RuntimeWheel(
                    "onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_aarch64.whl",
                    folder: "02/ee/b173a49293b146b54bd057bf8681a015aef764d8f56d999ad8c6e53ab18d",
                    sha256: "da05378364c44d4407e463982d2bf8d5e4cfea873283757e48beeb41df97b7f3",
                    bytes: 21_413_526, unpacked: 25_808_832,
                    keep: runtimeFiles)
            ]),
    ]
}
