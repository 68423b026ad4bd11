import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaModels
import FoveaServer
import FoveaSystem

extension ModelsCommand {
    struct Recommend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "recommend", abstract: "Say which models suit this machine and your languages.",
            discussion: """
                Times this machine for some seconds, and shows the search models that no other beats in quality, \
                speed and memory at once, for the languages that people search in.

                  fovea models recommend --languages en,de --photos 40000

                Times are estimates for the devices that the service would use.
                """)

        @Option(help: "Languages that people search in, as codes separated by commas.")
        var languages: String = "en"

        @Option(help: "How many photos there are to index.")
        var photos: Int = 100_000

        @Flag(help: "Print JSON, also on a terminal.")
        var json = false

        @OptionGroup var options: CacheOptions

        private var codes: [String] {
            languages.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        }

        func validate() throws {
            guard !codes.isEmpty else { throw ValidationError("--languages is a list such as en,de.") }
            guard photos > 0 else { throw ValidationError("--photos is at least 1.") }
        }

        func run() async throws {
            let settings = try options.settings()
            let speed = try await SpeedProbe(settings: settings, machine: Machine()).measure()
            let memory = MemoryForModels(
                limit: MemoryLimit(reading: LocalSystem()), budget: settings.memoryBudget)
            let needs = Recommendation.Needs(
                memoryBytes: memory.bytes, slowness: speed.slowness, languages: codes,
                photos: photos)
            let installed = try settings.modelStore.installed().filter { $0.id.task == .clip }.map(\.id.name)
            let report = RecommendationReport(
                Recommendation(for: needs), needs: needs, speed: speed, memory: memory,
                installed: Set(installed))
            StandardOutput.write(
                json || !StandardOutput.isTerminal ? try JSONText.of(report) : report.text)
        }
    }
}
