import ArgumentParser
import FoveaBackends
import FoveaBench
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer
import Foundation
import ONNXRuntimeBackend

/// What 'fovea bench --bare' starts for each engine. Not for people.
struct BenchEngineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-engine", abstract: "Measure an engine alone; started by 'fovea bench'.",
        shouldDisplay: false)

    @Option(help: "The device.")
    var device: Device

    @Option(help: "A folder of pictures; those that are built in without.")
    var pictures: String?

    @Option(help: "A folder for copies of graphs. Who started this removes it.")
    var graphFolder: String

    @OptionGroup var options: CacheOptions

    func run() async throws {
        var bench = EngineBench(
            settings: try options.settings(), device: device,
            pictures: try BenchPictures(folder: pictures).previews(), copies: URL(filePath: graphFolder))
        for line in StandardInput.lines() {
            let answer: EngineAnswer
            do {
                answer = try await bench.obey(JSONDecoder().decode(EngineOrder.self, from: line))
            } catch {
                answer = EngineAnswer(problem: (error as? FoveaError)?.message ?? "\(error)")
            }
            StandardOutput.write([UInt8](try JSONEncoder().encode(answer)) + [UInt8(ascii: "\n")])
        }
        // The process takes its engines along: for why, see `opened`.
        _exit(0)
    }
}

/// A bare engine, and what it was given to do.
private struct EngineBench {
    let settings: Settings
    let device: Device
    let pictures: [[UInt8]]
    /// Of graphs, that take several rows at a time.
    let copies: URL
    /// Stays open: with the last of its environments ONNX Runtime unloads its
    /// providers' libraries, and with OpenVINO's the process crashed.
    private var opened: (any Backend)?
    private var items: [BenchCase: [[RunRecorder.Run]]] = [:]
    private var engine: (benchCase: BenchCase, arrangement: Arrangement, engine: BareEngine)?

    init(settings: Settings, device: Device, pictures: [[UInt8]], copies: URL) {
        self.settings = settings
        self.device = device
        self.pictures = pictures
        self.copies = copies
    }

    mutating func obey(_ order: EngineOrder) async throws -> EngineAnswer {
        let engine: BareEngine
        if let open = self.engine, open.benchCase == order.benchCase, open.arrangement == order.arrangement {
            engine = open.engine
        } else {
            // Its memory goes before the next takes more.
            self.engine = nil
            engine = try await BareEngine(
                try await items(of: order.benchCase), order.arrangement, copies: copies
            ) {
                try backend(device, threads: $0, runs: $1)
            }
            self.engine = (order.benchCase, order.arrangement, engine)
        }
        return EngineAnswer(
            await engine.measure(
                leadIn: order.leadIn, seconds: order.seconds, processorTime: { Self.processorTime }))
    }

    /// What the service's own pipeline gives its graphs: run on the processor,
    /// in shapes as the device has them.
    private mutating func items(of benchCase: BenchCase) async throws -> [[RunRecorder.Run]] {
        if let items = items[benchCase] { return items }
        let recorder = RunRecorder()
        let processor = try opened ?? backend(.cpu, threads: 0, runs: 0)
        opened = processor
        let engine = Engine(
            store: settings.modelStore,
            backend: RecordingBackend(
                processor, recorder: recorder, shapes: try backend(device, threads: 0, runs: 0).shapes),
            logger: .quiet)
        let texts = BenchTexts(.fresh)
        let payloads: [PredictionRequest.Payload] =
            benchCase.task.takesPictures
            ? pictures.map { .image($0) } : (0..<16).map { .text(texts.text($0)) }
        var items: [[RunRecorder.Run]] = []
        for payload in payloads {
            let request = PredictionRequest(payload: payload, steps: benchCase.steps)
            // What it does when it is loaded is not the picture's.
            if items.isEmpty { _ = try await engine.predict(request) }
            items.append(try await recorder.record { _ = try await engine.predict(request) })
        }
        self.items[benchCase] = items
        return items
    }

    /// All from one library: a process opens one ONNX Runtime.
    private func backend(_ device: Device, threads: Int, runs: Int) throws -> any Backend {
        guard device.kind != .armnn, device.kind != .rknn else {
            throw FoveaError(
                .engineUnavailable, "\(device) is not driven by ONNX Runtime, which is all that runs alone.")
        }
        let machine = Machine()
        let runtime = try machine.runtimes.runtime(for: self.device)
        return try ONNXRuntimeBackend(
            configuration: ONNXRuntimeConfiguration(
                libraryPath: runtime.base, device: device,
                precision: device.isProcessor ? .fp32 : settings.accelerators.precision(of: device),
                plugInPath: runtime.plugIn, preloads: runtime.preloads,
                driver: machine.driver(of: device), intraOpThreads: threads, concurrentRuns: runs))
    }

    private static var processorTime: Double? {
        var usage = rusage()
        #if canImport(Glibc)
            let known = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0
        #else
            let known = getrusage(RUSAGE_SELF, &usage) == 0
        #endif
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return known ? seconds(usage.ru_utime) + seconds(usage.ru_stime) : nil
    }
}
