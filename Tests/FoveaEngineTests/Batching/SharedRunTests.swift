import FoveaBackends
import FoveaCore
import FoveaEngine
import FoveaModels
import FoveaTesting
import Foundation
import Logging
import ONNXRuntimeBackend
import Testing

/// Requests that share runs on an accelerator, from the model's file on: the
/// graph was made for one text, as Immich's are, and the device is the
/// processor by another name.
@Suite struct SharedRunTests {
    private static let texts = (0..<40).map { "a picture of \($0) dogs" }

    @Test func textsAskedAtOnceShareRunsAndAnswerAsAlone() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let alone = Engine(
            store: ModelStore(folder: GoldenFixtures.demoModels), backend: try ONNXRuntimeBackend())
        let shared = Engine(
            store: ModelStore(folder: GoldenFixtures.demoModels),
            devices: DeviceSet(
                plan: { _ in PlacementPlan([Candidate(Device(.cuda))]) },
                graphFolder: folder.appending(path: "graphs"), waitsForProof: true
            ) { _ in try ONNXRuntimeBackend() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

        let expected = try await Self.embeddings(by: alone)
        let actual = try await Self.embeddings(by: shared)
        for text in Self.texts {
            let (first, second) = (try #require(expected.0[text]), try #require(actual.0[text]))
            #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-4 }, "\(text)")
        }
        #expect(expected.batch == 1)
        #expect(actual.batch > 1)
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "graphs").path
            ).count == 1)
    }

    /// - Returns: an embedding for each text, and the most rows that a run had.
    private static func embeddings(by engine: Engine) async throws -> ([String: [Float]], batch: Int) {
        try await withThrowingTaskGroup(of: (String, [Float], Int).self) { group in
            for text in texts {
                group.addTask {
                    let (response, report) = try await engine.predict(
                        PredictionRequest(
                            payload: .text(text),
                            steps: [.clipTextual(model: "demo-clip", language: nil)]))
                    return (
                        text, response.answers.first?.answer.embedding ?? [],
                        report.runs.map(\.batch).max() ?? 0
                    )
                }
            }
            var (answers, batch) = ([String: [Float]](), 0)
            for try await (text, embedding, rows) in group {
                answers[text] = embedding
                batch = max(batch, rows)
            }
            return (answers, batch)
        }
    }
}
