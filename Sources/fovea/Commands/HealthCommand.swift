import ArgumentParser
import AsyncHTTPClient
import FoveaServer
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a running service whether it can serve; for container health checks.",
        discussion: """
            Exits with 0 if the service answers its /ping, else with 1. Without options it asks the service that \
            the environment describes: IMMICH_HOST, IMMICH_PORT, and what else 'fovea serve' reads.

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
        let target = try url.map { Target(base: $0) } ?? Target(try Settings())
        let address =
            (target.base.hasSuffix("/") ? target.base : target.base + "/") + (report ? "health" : "ping")
        var request = HTTPClientRequest(url: address)
        if let token = target.token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        var configuration = HTTPClient.Configuration()
        if target.isOwn {
            // Its certificate is for the name that others know it by.
            configuration.tlsConfiguration = .makeClientConfiguration()
            configuration.tlsConfiguration?.certificateVerification = .none
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome: Result<(Bool, String), any Error>
        do {
            let response = try await client.execute(request, timeout: .milliseconds(Int64(timeout * 1000)))
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
                Data("\(target.name) does not answer: \(error). Is 'fovea serve' running there?\n".utf8))
            throw ExitCode(1)
        }
    }
}

/// Where the service is, and what opens it.
private struct Target {
    var base: String
    /// What to call it: without what is secret about it.
    var name: String
    var token: String?
    /// Whether it is this machine's, by its own settings.
    var isOwn = false

    init(base: String) {
        self.base = base
        name = base
    }

    /// The service of this machine: one that listens everywhere is found at
    /// the loopback address.
    init(_ settings: Settings) {
        var address = settings.address
        if ["::", "0.0.0.0"].contains(address.host) { address.host = "localhost" }
        name = "\(settings.tls == nil ? "http" : "https")://\(address)/"
        base = name + (settings.access.secretPath?.text ?? "")
        token = settings.access.tokens.first?.text
        isOwn = true
    }
}
