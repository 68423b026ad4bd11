import ArgumentParser
package import FoveaBench
import FoveaCore
import FoveaDevices
import FoveaMetrics
import FoveaModels
import FoveaServer
import Foundation
import UnixSignals

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure what this machine, or another service, does in a second.",
        discussion: """
            Starts a service of its own with your settings and models, sends it previews as a photo library does, \
            and shows for each task how many a second it answers, how long an answer takes, and how many hours \
            100,000 photos would.

              fovea bench                           # every task that has a model
              fovea bench --pictures ~/Pictures     # previews of your own
              fovea bench --url http://immich-machine-learning:3003

            --url measures any service that speaks Immich's contract. Its models have to be named, unless they are \
            Immich's defaults.

            --bare compares with the engine that runs the same models with nothing around it: on the processor, or \
            on the device that --device names, there with up to 64 pictures or texts a run.

              fovea bench --bare --device cuda:0 --clients 64

            CPU/1000 is the processor time that 1,000 answers cost, in seconds. Close other programs: what they \
            take is missing. Exits with 1 if nothing is answered.
            """)

    @Option(help: "The service to measure. (default: one that is started for it)")
    var url: String?

    @Option(
        help: """
            The device to run on: the service, unless --url names one, and with --bare the engine alone. (default: \
            as the settings say; the processor for the engine alone)
            """)
    var device: Device?

    @Option(help: "What to measure: ping, clip-image, clip-text, faces or ocr; may be given more than once.")
    var task: [BenchTask] = []

    @Option(help: "The smart search model; may be given more than once.")
    var clip: [String] = []

    @Option(help: "The facial recognition model; may be given more than once.")
    var faces: [String] = []

    @Option(help: "The OCR model; may be given more than once.")
    var ocr: [String] = []

    @Option(help: "Requests under way at the same time; several numbers, as in 1,8, to compare them.")
    var clients: ClientCounts = ClientCounts(4)

    @Option(help: "Seconds that each round of a task takes.")
    var seconds: Double = 4

    @Option(help: "Rounds of each task.")
    var rounds: Int = 3

    @Option(help: "A folder of pictures to make previews of. (default: pictures that are built in)")
    var pictures: String?

    @Flag(help: "Run the same models on the engine alone too, with nothing around it, and compare.")
    var bare = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: CacheOptions

    func validate() throws {
        guard seconds >= 0.1, seconds <= 3600 else {
            throw ValidationError("--seconds is from 0.1 to 3600.")
        }
        guard url == nil || device == nil || bare else {
            throw ValidationError("--device does not move the service of --url: add --bare, or leave it out.")
        }
        guard (1...1000).contains(rounds) else { throw ValidationError("--rounds is from 1 to 1000.") }
    }

    func run() async throws {
        let settings = try options.settings()
        let cases = try cases(settings)
        let previews = try BenchPictures(folder: pictures).previews()
        let work = Task {
            let service =
                url == nil ? try await OwnService(cacheFolder: settings.cacheFolder, device: device) : nil
            do {
                let report = try await measure(cases, previews, service, settings)
                await service?.stop()
                return report
            } catch {
                await service?.stop()
                throw error
            }
        }
        // Whatever ends this process ends the service that it started.
        let signals = Task {
            for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { work.cancel() }
        }
        defer { signals.cancel() }
        let report: BenchReport
        do {
            report = try await work.value
        } catch is CancellationError {
            throw ExitCode(130)
        }
        StandardOutput.write(json ? [UInt8](try report.json) : [UInt8](report.text.utf8))
        if report.allFailed { throw ExitCode(1) }
    }

    private func measure(
        _ cases: [BenchCase], _ previews: [[UInt8]], _ service: OwnService?, _ settings: Settings
    ) async throws -> BenchReport {
        let client = try BenchClient(
            url: url ?? service?.url ?? "", connections: (clients.counts.max() ?? 1) + 1,
            token: url == nil ? nil : settings.services.token, tls: try settings.services.tlsConfiguration())
        let engines = bare ? EngineProcess.all(on: device, pictures: pictures, settings: settings) : []
        let benchmark = Benchmark(
            service: ServiceBench(
                client: client, pictures: previews, processorTime: { service?.processes.processorTime }),
            clients: clients.counts, rounds: rounds, seconds: seconds,
            engines: engines)
        var report = BenchReport(
            date: .now, version: Version.current, machine: .local(),
            service: url.map { ServiceAddress.shown(in: $0) } ?? "fovea serve",
            pictures: previews, rounds: rounds, seconds: seconds)
        do {
            try await benchmark.measure(cases, into: &report)
        } catch {
            await client.close()
            for engine in engines { await engine.end() }
            throw error
        }
        await client.close()
        for engine in engines { await engine.end() }
        let memory = service?.processes.memory
        report.anonymousBytes = memory?.anonymousBytes
        report.residentBytes = memory?.residentBytes
        return report
    }

    /// The rows, in the order that the tasks are listed in.
    private func cases(_ settings: Settings) throws -> [BenchCase] {
        let choice = ModelChoice(installed: url == nil ? try settings.modelStore.installed().map(\.id) : [])
        let cases = BenchTask.allCases.filter { task.isEmpty || task.contains($0) }.flatMap { task in
            models(for: task, choice).flatMap { BenchCase.all(task, model: $0) }
        }
        guard cases.contains(where: { $0.task != .ping }) || task == [.ping] else {
            throw FoveaError(
                .modelNotFound,
                """
                There is no model to measure in \(settings.cacheFolder.path). Copy Immich's model-cache folder \
                there, or name another folder with --cache-folder.
                """)
        }
        return cases
    }

    private func models(for task: BenchTask, _ choice: ModelChoice) -> [String?] {
        let (kind, types, names): (ModelTask, [ModelType], [String])
        switch task {
        case .ping: return [nil]
        case .clipImage: (kind, types, names) = (.clip, [.visual], clip)
        case .clipText: (kind, types, names) = (.clip, [.textual], clip)
        case .faces: (kind, types, names) = (.facialRecognition, [.detection, .recognition], faces)
        case .ocr: (kind, types, names) = (.ocr, [.detection, .recognition], ocr)
        }
        if !names.isEmpty { return names.filter { $0 != "none" } }
        let chosen = choice.model(for: kind, types, named: nil)
        return [chosen ?? (url == nil ? nil : ModelChoice.immichDefaults[kind])].compactMap { $0 }
    }
}

extension BenchTask: ExpressibleByArgument {}

extension ClientCounts: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
