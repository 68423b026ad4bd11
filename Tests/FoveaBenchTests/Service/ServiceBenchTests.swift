import FoveaBench
import FoveaClient
import FoveaCore
import FoveaServer
import Synchronization
import Testing

@Suite struct ServiceBenchTests {
    private static func report(_ placement: Placement) -> PredictionReport {
        PredictionReport(
            runs: [.init(model: ModelID(.clip, .visual, name: "M"), placement: placement, batch: 1, count: 1)]
        )
    }

    private static let embedding = PredictionResponse(
        answers: [(.clip, .embedding([0.5, 0.5, 0.5]))], imageSize: nil)

    private static func withBench<Result: Sendable>(
        _ service: FakeService, pictures: [[UInt8]] = [[1], [2]],
        _ body: @Sendable (ServiceBench) async throws -> Result
    ) async throws -> Result {
        try await withServer(service) { url in
            let client = try BenchClient(url: url, connections: 5)
            do {
                let result = try await body(ServiceBench(client: client, pictures: pictures))
                await client.close()
                return result
            } catch {
                await client.close()
                throw error
            }
        }
    }

    @Test func aServiceIsMeasured() async throws {
        let pictures = Mutex([[UInt8]: Int]())
        let service = FakeService { request in
            if case .image(let bytes) = request.payload { pictures.withLock { $0[bytes, default: 0] += 1 } }
            return PredictionReply(json: Self.embedding.json, report: Self.report(.cpu))
        }
        let (warmUp, result, pings) = try await Self.withBench(service) { bench in
            let benchCase = BenchCase(.clipImage, model: "M")
            let warmUp = try await bench.warmUp(benchCase)
            let (result, pings) = await bench.measureWithPings(
                benchCase, ClosedLoop(clients: 3, leadIn: 0, seconds: 0.1))
            return (warmUp, result, pings)
        }
        #expect(warmUp.device == "cpu")
        #expect(warmUp.found == 6)
        #expect(result.perSecond > 0)
        #expect(result.failures == 0)
        #expect(!pings.isEmpty)
        #expect(pictures.withLock { Set($0.keys) } == [[1], [2]])
    }

    @Test func warmingUpWaitsForTheDeviceThatModelsShouldRunOn() async throws {
        let asked = Mutex(0)
        let service = FakeService { _ in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            var placement = Placement(
                device: "cuda:0", provider: "CUDAExecutionProvider", precision: "fp16")
            if count <= 10 {
                placement = .cpu
                placement.wanted = "cuda:0"
            }
            return PredictionReply(json: Self.embedding.json, report: Self.report(placement))
        }
        let warmUp = try await Self.withBench(service) {
            try await $0.warmUp(BenchCase(.clipImage, model: "M"))
        }
        #expect(warmUp.device == "cuda:0 fp16")
        #expect(asked.withLock { $0 } == 11)
    }

    @Test func pingsAreMeasuredWithoutAModel() async throws {
        let service = FakeService { _ in throw FoveaError(.modelNotFound, "There is none.") }
        let result = try await Self.withBench(service) { bench in
            let warmUp = try await bench.warmUp(BenchCase(.ping))
            #expect(warmUp.device == nil)
            return await bench.measure(BenchCase(.ping), ClosedLoop(clients: 2, leadIn: 0, seconds: 0.05))
        }
        #expect(result.perSecond > 0)
    }

    @Test func aRefusalSaysWhy() async throws {
        let service = FakeService { _ in throw FoveaError(.modelNotFound, "Model 'M' is not installed.") }
        try await Self.withBench(service) { bench in
            let error = await #expect(throws: ServiceRefusal.self) {
                try await bench.warmUp(BenchCase(.clipText, model: "M", texts: .fresh))
            }
            #expect(error?.status == 404)
            let result = await bench.measure(
                BenchCase(.clipText, model: "M", texts: .fresh),
                ClosedLoop(clients: 2, leadIn: 0, seconds: 0.05))
            #expect(result.perSecond == 0)
            #expect(result.failure?.contains("Model 'M' is not installed.") == true)
        }
    }

    @Test(arguments: ["", "immich", "ftp://host", "http://"])
    func whatIsNoURLIsRefused(url: String) {
        #expect(throws: FoveaError.self) { try BenchClient(url: url, connections: 1) }
    }
}
