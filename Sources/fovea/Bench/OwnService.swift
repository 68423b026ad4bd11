import FoveaBench
import FoveaCore
import FoveaServer
import Foundation

/// A service that is there to be measured: this program's own, on a port
/// nobody else uses.
final class OwnService: Sendable {
    let url: String
    let processes: ProcessTree
    private let process: Process

    /// Returns once it answers.
    ///
    /// - Parameter device: the only one it runs on; `nil` to leave that to it.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` where it does not.
    init(cacheFolder: URL, device: Device?) async throws {
        let port = try Self.freePort()
        url = "http://127.0.0.1:\(port)"
        process = Process()
        process.executableURL = URL(filePath: OwnProgram.path)
        process.arguments =
            ["serve", "--host", "127.0.0.1", "--port", "\(port)", "--cache-folder", cacheFolder.path]
            + (device.map { ["--devices", $0.description] } ?? [])
        process.environment = ProcessInfo.processInfo.environment.filter {
            !AccessRules.variables.contains($0.key.uppercased())
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw FoveaError(
                .engineUnavailable, "This program cannot be started once more: check its file.", cause: error)
        }
        processes = ProcessTree(root: process.processIdentifier)
        do {
            try await waitUntilItAnswers()
        } catch {
            await stop()
            throw error
        }
    }

    /// Lets requests that are under way be answered, and waits for the end.
    func stop() async {
        if process.isRunning { process.terminate() }
        let start = ContinuousClock.now
        while process.isRunning {
            if ContinuousClock.now - start > .seconds(20) { kill(process.processIdentifier, SIGKILL) }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private func waitUntilItAnswers() async throws {
        let client = try BenchClient(url: url, connections: 1)
        let start = ContinuousClock.now
        while process.isRunning, ContinuousClock.now - start < .seconds(30) {
            if (try? await client.ping()) != nil {
                await client.close()
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        await client.close()
        throw FoveaError(
            .engineUnavailable,
            "The service to be measured did not start: 'fovea serve' says why.")
    }

    /// The system gives one that is free now.
    private static func freePort() throws -> UInt16 {
        #if os(Linux)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(descriptor, general, length) == 0 && getsockname(descriptor, general, &length) == 0
            }
        }
        guard descriptor >= 0, found else {
            throw FoveaError(
                .engineUnavailable,
                "No port of 127.0.0.1 is free to measure a service on: name one that runs with --url.")
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
