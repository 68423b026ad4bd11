import FoveaBackends
import FoveaCore
import FoveaTesting
import Testing

@Suite struct MetadataTests {
    @Test func keysAndValuesAreReadWhole() async throws {
        // As long as a text recogniser's dictionary, which is a line a character.
        let dictionary = (0..<18_000).map { String(Unicode.Scalar(0x4E00 + $0) ?? "?") }.joined(
            separator: "\n")
        let metadata = ["character": dictionary, "empty": "", "ключ": "wärt"]
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("x", .float32, [1])], outputs: [.init("y", .float32, [1])],
                nodes: [.identity("x", to: "y")], metadata: metadata))
        #expect(session.metadata == metadata)
    }
}
