import ArgumentParser

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "See the models in the cache folder, and which there are.",
        subcommands: [List.self, Info.self, Recommend.self], defaultSubcommand: List.self)
}
