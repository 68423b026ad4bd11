import ArgumentParser
import FoveaServer
import Foundation

/// Options of every command that uses models.
struct CacheOptions: ParsableArguments {
    @Option(
        help: """
            The folder that holds the models. (default: MACHINE_LEARNING_CACHE_FOLDER, else ~/.cache/immich_ml)
            """,
        completion: .directory)
    var cacheFolder: String?

    /// The settings of the environment, with options over them.
    ///
    /// - Parameter options: the other options that were given, under the
    ///   names of the variables they stand for.
    /// - Throws: `FoveaError` naming a variable or option that cannot be used.
    func settings(overriding options: [String: String?] = [:]) throws -> Settings {
        var options = options.compactMapValues { $0 }
        options["MACHINE_LEARNING_CACHE_FOLDER"] = cacheFolder
        return try Settings(environment: ProcessInfo.processInfo.environment, options: options)
    }
}
