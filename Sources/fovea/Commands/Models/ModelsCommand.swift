import ArgumentParser

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "See, fetch, check and remove models, and choose one.",
        subcommands: [
            List.self, Info.self, Recommend.self, Pull.self, Verify.self, Remove.self, Prune.self,
            Quantize.self,
        ], defaultSubcommand: List.self)
}
