import ONNXRuntimeBackend
import Testing

@Suite struct StatusTests {
    @Test(arguments: [
        ("Protobuf parsing failed.", "Protobuf parsing failed."), ("", ""), ("a reason\n", "a reason"),
        (
            """
            /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:2043 Get() [ONNXRuntimeError] : 1 : FAIL \
            : Failed to load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.13: cannot open \
            shared object file : No such file

            """,
            """
            Failed to load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.13: cannot open \
            shared object file : No such file
            """
        ),
    ])
    func theReasonIsWhatIsTold(message: String, reason: String) {
        #expect(ONNXRuntimeLibrary.readable(message) == reason)
    }
}
