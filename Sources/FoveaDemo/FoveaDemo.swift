import ArgumentParser
import Foundation
import FoveaCore
import FoveaDemoKit

@main
struct FoveaDemo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fovea-demo",
        abstract: "Ask a machine-learning service about a folder of photos, as Immich's server does.",
        discussion: """
            Sends every photo for smart search, faces and text, then shows what five searches find, who is in \
            which photos and what is written in them, and writes a report to look at in a browser.

            `make demo` starts a service and runs this on the sample photos, `make demo PHOTOS=DIR` on others. \
            With a service that is running already:

              fovea-demo --photos ~/Pictures --query "a sailing boat"

            The service needs the models of the demo pack, which know ImageNet's concepts only. Photos are read \
            where they are and stay as they are.
            """,
        version: "fovea-demo \(Version.current)"
    )

    @Option(help: "Where the service listens.")
    var url = "http://127.0.0.1:3003"

    @Option(help: "The folder of photos; folders in it are looked into.", completion: .directory)
    var photos: String

    @Option(help: "The report to write.", completion: .file(extensions: ["html"]))
    var report = "demo/report.html"

    @Option(
        help:
            "A text to search for beside those of the expectations; may be repeated. (default: five general ones)"
    )
    var query: [String] = []

    @Option(
        help: "A JSON file that says what the photos show. Where something else is found, the exit code is 1."
    )
    var expectations: String?

    @Option(help: "Requests in flight.")
    var concurrency = 4

    func validate() throws {
        guard (1...64).contains(concurrency) else {
            throw ValidationError("--concurrency has to be from 1 to 64.")
        }
        guard let scheme = URL(string: url)?.scheme, ["http", "https"].contains(scheme) else {
            throw ValidationError("--url has to be such as http://127.0.0.1:3003.")
        }
    }

    func run() async throws {
        let demo = Demo(
            service: URL(string: url) ?? URL(filePath: url),
            folder: PhotoFolder(URL(filePath: photos)),
            report: URL(filePath: report).standardizedFileURL,
            queries: query,
            expectations: try expectations.map { try Expectations(file: URL(filePath: $0)) },
            requestsInFlight: concurrency)
        guard try await demo.run() else { throw ExitCode.failure }
    }
}
