import ArgumentParser
import FoveaCore

@main
struct Fovea: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fovea",
        abstract: "Machine learning for photo libraries: smart search, faces, text.",
        discussion: """
            A drop-in replacement for Immich's machine-learning container. Start it and point Immich at it:

              fovea serve
              # In Immich: Administration > Settings > Machine Learning > URL: http://<this machine>:3003

            Or try a single picture, without a server:

              fovea predict photo.jpg
            """,
        version: "fovea \(Version.current)",
        subcommands: [
            ServeCommand.self, PredictCommand.self, TokenizeCommand.self, ModelsCommand.self,
            DevicesCommand.self, DoctorCommand.self, BackendsCommand.self, VerifyCommand.self,
            BenchCommand.self, HealthCommand.self,
            WorkerCommand.self, BenchEngineCommand.self,
        ]
    )
}
