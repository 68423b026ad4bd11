import AsyncHTTPClient
package import FoveaCore
import FoveaMetrics
package import FoveaServer
import Foundation
package import Logging
import NIOCore
import NIOPosix
import Subprocess
import Synchronization
import SystemPackage

/// Starts workers as child processes.
///
/// A worker finds three things: its settings in the environment, the path of
/// the socket to listen on among its arguments, and the control channel as its
/// standard input. That channel carries what the worker says, and its end is
/// the end of the gateway, however that came about: then the worker ends too.
package struct ProcessLauncher: WorkerLauncher {
    /// What is run as a worker.
    package struct Program: Sendable {
        package var executable: String
        package var arguments: [String]

        /// - Parameter arguments: come before those that say which slot it is.
        package init(executable: String, arguments: [String]) {
            self.executable = executable
            self.arguments = arguments
        }
    }

    private let program: Program
    private let environment: [String: String]
    private let folder: WorkerFolder
    private let http: HTTPClient
    private let logger: Logger
    private let generations = Generations()

    /// What a worker that crashes writes to the log: the crashed thread's
    /// addresses and whose they are. Finding names for them takes seconds, for
    /// which the requests it had would wait.
    private static let backtrace = "threads=crashed,registers=none,images=mentioned,symbolicate=off"

    private final class Generations: Sendable {
        private let last = Atomic<UInt64>(0)
        func next() -> UInt64 { last.add(1, ordering: .relaxed).newValue }
    }

    /// - Parameters:
    ///   - program: is told the rest by its environment.
    ///   - settings: those that options have changed; the others are in the
    ///     environment.
    /// - Throws: where there is no place for the workers' sockets.
    package init(program: Program, settings: Settings, logger: Logger) throws {
        self.program = program
        self.logger = logger
        environment = WorkerEnvironment.make(
            from: WorkerEnvironment.defaults.merging(["SWIFT_BACKTRACE": Self.backtrace]) { $1 }
                .merging(ProcessInfo.processInfo.environment) { $1 },
            settings: settings.givenByOptions.merging(settings.shownDevices) { $1 })
        folder = try WorkerFolder()
        http = WorkerClient.makeHTTPClient()
    }

    package func run(
        _ slot: Slot, onStart: @escaping @Sendable (any Worker) async -> Void,
        onEvent: @escaping @Sendable (WorkerEvent) async -> Void
    ) async -> Death {
        let socketPath = folder.socket(slot: slot.index, generation: generations.next())
        defer { unlink(socketPath) }
        do {
            try folder.restore()
            let (ours, theirs) = try ControlChannel.makePair()
            let channel = try await ControlChannel(adopting: ours)
            let status = try await start(slot, socketPath, input: theirs) { id, send in
                let worker = WorkerProcess(
                    processID: id, client: WorkerClient(http: http, socketPath: socketPath),
                    channel: channel, send: send)
                await onStart(worker)
                // Ends when the process does: nobody else has the other end.
                await channel.forEachEvent(onEvent)
                worker.ended()
            }
            return Death(status)
        } catch {
            return Death(.startFailed, "it could not be run: \(error)")
        }
    }

    private func start(
        _ slot: Slot, _ socketPath: String, input: SystemPackage.FileDescriptor,
        _ body: (Int32, @escaping @Sendable (Signal) -> Void) async -> Void
    ) async throws -> TerminationStatus {
        var variables = environment
        variables["MACHINE_LEARNING_DEVICE_ID"] = slot.deviceID
        var options = PlatformOptions()
        // Ctrl-C in a terminal is for the gateway, which lets workers finish.
        options.processGroupID = 0
        let arguments =
            program.arguments + [
                "--slot", String(slot.index), "--device", slot.device, "--socket", socketPath,
            ]
        let result = try await Subprocess.run(
            .path(FilePath(program.executable)),
            arguments: Arguments(executablePathOverride: "fovea", remainingValues: arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), $1) })),
            platformOptions: options, input: .fileDescriptor(input, closeAfterSpawningProcess: true),
            output: .currentStandardOutput, error: .currentStandardError
        ) { execution in
            await body(execution.processIdentifier.value) { try? execution.send(signal: $0) }
        }
        return result.terminationStatus
    }

    package func shutDown() async {
        try? await http.shutdown()
        folder.remove()
    }
}

/// A worker in a process of its own.
private final class WorkerProcess: Worker {
    let processID: Int32?
    private let client: WorkerClient
    private let channel: ControlChannel
    /// Sends the process a signal; `nil` once it has ended, when its number
    /// may be another's.
    private let send: Mutex<(@Sendable (Signal) -> Void)?>

    init(
        processID: Int32, client: WorkerClient, channel: ControlChannel,
        send: @escaping @Sendable (Signal) -> Void
    ) {
        self.processID = processID
        self.client = client
        self.channel = channel
        self.send = Mutex(send)
    }

    func predict(_ call: PredictionCall) async throws -> PredictionReply { try await client.predict(call) }

    func stop() { channel.closeOutput() }

    func kill() { send.withLock { $0 }?(.kill) }

    func ended() { send.withLock { $0 = nil } }
}

extension Death {
    fileprivate init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self.init(.exited, "it exited with status \(code)")
        case .signaled(let signal):
            let name = Self.signals[Int32(signal)].map { " (\($0))" } ?? ""
            self.init(signal == SIGKILL ? .killed : .crashed, "it was ended by signal \(signal)\(name)")
        }
    }

    private static let signals: [Int32: String] = [
        SIGABRT: "SIGABRT: it gave up", SIGBUS: "SIGBUS: a mapped file was cut short, or memory failed",
        SIGFPE: "SIGFPE: a calculation failed", SIGILL: "SIGILL: an instruction this processor does not have",
        SIGKILL: "SIGKILL: most often because memory ran out", SIGSEGV: "SIGSEGV: it crashed",
        SIGTERM: "SIGTERM: it was asked to end", SIGTRAP: "SIGTRAP: it stopped itself",
    ]
}
