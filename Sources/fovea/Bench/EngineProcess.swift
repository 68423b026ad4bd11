import FoveaBench
import FoveaCore
import FoveaDevices
import FoveaServer
import FoveaSystem
import Foundation

/// A process that holds a bare engine. Each has its own, because a process
/// opens one ONNX Runtime.
final class EngineProcess: Sendable {
    /// For people, and `BenchEngineCommand`'s `--device`.
    let name: String
    /// Those to try.
    let arrangements: [Arrangement]
    private let arguments: [String]
    private let pool = BlockingPool(name: "bench.engine", width: 1)
    // Safe: used on the pool's one thread only.
    private nonisolated(unsafe) var running: (process: Process, orders: FileHandle, answers: LineReader)?

    /// For its copies of graphs, removed here even where the process died.
    private let graphFolder: URL

    private init(device: Device, pictures: String?, settings: Settings) {
        name = device.description
        arrangements = Arrangement.candidates(
            for: device, cores: ProcessorShare.cores)
        graphFolder = FileManager.default.temporaryDirectory
            .appending(component: "fovea-bench-\(UUID().uuidString)", directoryHint: .isDirectory)
        arguments =
            [
                "bench-engine", "--device", device.description, "--graph-folder", graphFolder.path,
                "--cache-folder", settings.cacheFolder.path,
            ] + (pictures.map { ["--pictures", $0] } ?? [])
    }

    /// - Parameter device: the only one; `nil` for the processor by ONNX Runtime,
    ///   and by OpenVINO where that is installed.
    static func all(on device: Device?, pictures: String?, settings: Settings) -> [EngineProcess] {
        if let device { return [EngineProcess(device: device, pictures: pictures, settings: settings)] }
        let machine = Machine()
        let openVINO = Device(.openvino, "CPU")
        let devices = [.cpu] + (machine.snapshot.cpu.runsOpenVINO(machine.installed) ? [openVINO] : [])
        return devices.map { EngineProcess(device: $0, pictures: pictures, settings: settings) }
    }

    /// Starts the process for the first order.
    func obey(_ order: EngineOrder) async -> EngineAnswer {
        do {
            return try await pool.run { [self] in
                let kept = self.running.flatMap { $0.process.isRunning ? $0 : nil }
                var running = try kept ?? start()
                // One that fails is not asked again.
                self.running = nil
                try running.orders.write(contentsOf: try JSONEncoder().encode(order) + Data("\n".utf8))
                guard let line = running.answers.next() else {
                    throw FoveaError(.engineFailed, "The engine's process ended: run it on fewer tasks.")
                }
                self.running = running
                return try JSONDecoder().decode(EngineAnswer.self, from: line)
            }
        } catch {
            return EngineAnswer(problem: (error as? FoveaError)?.message ?? "\(error)")
        }
    }

    /// Ends the process, and takes away what it kept on disk. No order may be
    /// under way.
    func end() async {
        // In a task of its own, which nobody has cancelled.
        await Task { [pool] in
            try? await pool.run { [self] in
                running?.process.terminate()
                running = nil
                try? FileManager.default.removeItem(at: graphFolder)
            }
        }.value
    }

    /// It ends with its input, and so with this process, however that ends.
    private func start() throws -> (process: Process, orders: FileHandle, answers: LineReader) {
        // An order to a process that just died is an error, and not this one's end.
        signal(SIGPIPE, SIG_IGN)
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: OwnProgram.path)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        return (
            process, input.fileHandleForWriting,
            StandardInput.LineSequence(handle: output.fileHandleForReading)
        )
    }

    private typealias LineReader = StandardInput.LineSequence
}
