import ArgumentParser
import AsyncHTTPClient
import FoveaServer
import Foundation
import NIOCore
import NIOHTTP1

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a running service whether it can serve; for container health checks.",
        discussion: """
            Exits with 0 if the service answers its /ping, else with 1. Without options it asks the service that \
            IMMICH_HOST and IMMICH_PORT describe.

              HEALTHCHECK CMD ["fovea", "health"]
            """)

    @Option(
        help: "The service to ask. (default: http://localhost:3003, or as IMMICH_HOST and IMMICH_PORT say)")
    var url: String?

    @Option(help: "Seconds to wait for the answer.")
    var timeout: Double = 2

    @Flag(help: "Print the whole report of /health as JSON.")
    var report = false

    func validate() throws {
        guard timeout > 0, timeout <= 3600 else {
            throw ValidationError("--timeout is from 0 to 3600 seconds.")
        }
    }

    func run() async throws {
        let base = try url ?? Self.localURL(try Settings())
        let address = (base.hasSuffix("/") ? base : base + "/") + (report ? "health" : "ping")
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        let outcome: Result<(Bool, String), any Error>
        do {
            let response = try await client.execute(
                HTTPClientRequest(url: address), timeout: .milliseconds(Int64(timeout * 1000)))
            let body = String(buffer: try await response.body.collect(upTo: 16 << 20))
            outcome = .success(((200..<300).contains(response.status.code), body))
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        switch outcome {
        case .success((let isWell, let body)):
            StandardOutput.write(body + "\n")
            if !isWell { throw ExitCode(1) }
        case .failure(let error):
            FileHandle.standardError.write(
                Data("\(address) does not answer: \(error). Is 'fovea serve' running there?\n".utf8))
            throw ExitCode(1)
        }
    }

    /// The service of this machine: one that listens everywhere is found at
    /// the loopback address.
    private static func localURL(_ settings: Settings) -> String {
        var address = settings.address
        if ["::", "0.0.0.0"].contains(address.host) { address.host = "localhost" }
        return "http://\(address)"
    }
}
