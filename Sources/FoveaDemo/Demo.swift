import Foundation
import FoveaCore
import FoveaDemoKit

/// From a folder of photos to a report.
struct Demo {
    private let service: any PhotoService
    private let folder: PhotoFolder
    private let report: URL
    private let queries: [String]
    private let expectations: Expectations?
    private let requestsInFlight: Int

    /// What people have photos of, as far as ImageNet knows it.
    private static let generalQueries = ["a dog", "a car", "a plate of food", "the sea", "a flower"]

    /// - Parameter queries: what to search for beside what is expected to be
    ///   found; where there is neither, a few general things are.
    init(
        service: URL, folder: PhotoFolder, report: URL, queries: [String], expectations: Expectations?,
        requestsInFlight: Int
    ) {
        self.service = ServiceClient(service: service, connections: requestsInFlight)
        self.folder = folder
        self.report = report
        self.expectations = expectations
        self.requestsInFlight = requestsInFlight
        let expected = expectations?.queries.map(\.text) ?? []
        self.queries = expected.isEmpty && queries.isEmpty ? Self.generalQueries : expected + queries
    }

    /// - Returns: whether it went well: something was found out about a photo,
    ///   and all that was expected was found.
    func run() async throws -> Bool {
        let photos = try folder.photos()
        let survey = Survey(service: service, requestsInFlight: requestsInFlight)
        let clock = ContinuousClock()
        let start = clock.now
        let results = try await follow(photos, with: survey) { (clock.now - start) / .seconds(1) }
        let seconds = (clock.now - start) / .seconds(1)
        let embeddings = try await survey.embeddings(of: queries)
        let findings = Findings(
            folder: folder.folder, photos: results, queries: Array(zip(queries, embeddings)), seconds: seconds
        )
        let checks = expectations?.checks(of: findings) ?? []
        try Report(findings, checks: checks, file: report).write(to: report)
        return show(findings, checks)
    }

    private func follow(
        _ photos: [Photo], with survey: Survey, seconds: () -> Double
    ) async throws -> [PhotoResult] {
        let style = Terminal.error.style
        var meter = ProgressMeter(total: photos.count, columns: Terminal.error.columns)
        Terminal.error.write(meter.start)
        do {
            return try await survey.results(for: photos) { result in
                if !result.failures.isEmpty {
                    let reasons = result.failures.joined(separator: "; ")
                    Terminal.error.write(
                        meter.interruption + style.red("✗ \(TextStyle.harmless(result.photo.name))")
                            + ": \(TextStyle.harmless(reasons))\n")
                }
                Terminal.error.write(meter.advance(seconds: seconds(), failed: !result.failures.isEmpty))
            }
        } catch {
            Terminal.error.write(meter.interruption)
            throw error
        }
    }

    private func show(_ findings: Findings, _ checks: [ExpectationCheck]) -> Bool {
        let style = Terminal.output.style
        let verdict = Verdict(checks, style: style)
        Terminal.output.write("\n" + Summary(findings, style: style).text + "\n")
        if !checks.isEmpty { Terminal.output.write(verdict.text) }
        Terminal.output.write("Report: \(report.path)\n")
        return verdict.holds && findings.photos.contains { $0.size != nil }
    }
}
