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
        let settings = try Settings()
        let target = url.map { Target(url: $0, settings.services) } ?? Target(settings, report: report)
        var request = HTTPClientRequest(url: target.base + (report ? "health" : "ping"))
        if let token = target.token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = try settings.services.tlsConfiguration()
        if target.isTrusted {
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
    /// What to call it: without what is secret about it.
    let name: String
    /// Its address, with a slash at the end.
    let base: String
    var token: String?
    /// Whether it need not prove who it is: it is this machine's, whose
    /// certificate is for the name that others know it by, or it is told no
    /// secret.
    var isTrusted = false

    /// Another service, by the settings for those.
    init(url: String, _ settings: ServiceSettings) {
        base = url.hasSuffix("/") ? url : url + "/"
        name = ServiceAddress.shown(in: url)
        token = settings.token
    }

    /// The service of this machine: one that listens everywhere is found at
    /// the loopback address.
    ///
    /// - Parameter report: whether more is asked than whether it is there, for
    ///   which there is no need to know a secret.
    init(_ settings: Settings, report: Bool) {
        var address = settings.address
        if ["::", "0.0.0.0"].contains(address.host) { address.host = "localhost" }
        name = "\(settings.tls == nil ? "http" : "https")://\(address)"
        isTrusted = address.isLoopback || !report
        token = report ? settings.access.tokens.first?.text : nil
        // One of the two is enough.
        let path = report && token == nil ? settings.access.secretPath?.text : nil
        base = name + "/" + (path.map { "\($0)/" } ?? "")
    }
}
