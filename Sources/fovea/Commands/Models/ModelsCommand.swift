import ArgumentParser

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "See, fetch, check and remove the models in the cache folder.",
        subcommands: [List.self, Pull.self, Verify.self, Remove.self, Prune.self],
        defaultSubcommand: List.self)
}
