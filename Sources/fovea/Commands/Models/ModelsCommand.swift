import ArgumentParser

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "See the models in the cache folder.",
        subcommands: [List.self, Quantize.self], defaultSubcommand: List.self)
}
