import ArgumentParser
import FoveaCore
import FoveaHub
import FoveaModels
import FoveaServer
import Foundation

extension ModelsCommand {
    struct Prune: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune", abstract: "Delete what is not needed of what Fovea fetched.",
            discussion: """
                Without a budget, only what is left of downloads that nobody went on with for a day, and of \
                models that are gone. With one, also models that Fovea fetched, those first that were not used \
                for longest, until the cache folder is within it. Models of others count, and stay.
                """)

        @OptionGroup var options: CacheOptions
        @OptionGroup var json: JSONOption

        @Option(help: "What the cache folder may take, such as 20GiB. (default: FOVEA_DISK_BUDGET)")
        var budget: String?

        @Flag(help: "Only tell what would be deleted.")
        var dryRun = false

        func run() async throws {
            let settings = try options.settings(overriding: ["FOVEA_DISK_BUDGET": budget])
            let budget = settings.modelSources.diskBudget
            let keeping = Set(
                settings.preload.map { ModelHome(of: $0, revision: settings.modelRevision) })
            let result = try await settings.modelLibrary()
                .prune(budget: budget, keeping: keeping, isTrial: dryRun)
            if json.isWanted { return StandardOutput.write(try JSONText.of(Row(result, dryRun))) }
            let verb = dryRun ? "Would delete" : "Deleted"
            for model in result.models {
                StandardOutput.write(
                    "\(verb) \(model.home), \(ByteText.file(model.byteCount)), last used "
                        + "\(model.lastUse.formatted(.iso8601.year().month().day()))\n")
            }
            for path in result.leftovers { StandardOutput.write("\(verb) \(path)\n") }
            StandardOutput.write(
                "\(settings.cacheFolder.path) takes \(ByteText.file(result.remaining))"
                    + "\(dryRun ? " then" : ""), \(ByteText.file(result.freed)) less.\n")
            if let budget, result.remaining > budget {
                StandardOutput.write(
                    "That is more than \(ByteText.file(budget)): the rest did not come from Fovea, or is to be kept.\n"
                )
            }
        }

        private struct Row: Encodable {
            var models, leftovers: [String]
            var freedBytes, remainingBytes: Int
            var dryRun: Bool

            init(_ result: PruneResult, _ isTrial: Bool) {
                models = result.models.map(\.home.description)
                leftovers = result.leftovers
                (freedBytes, remainingBytes) = (result.freed, result.remaining)
                dryRun = isTrial
            }
        }
    }
}
