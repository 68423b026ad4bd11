import ArgumentParser
import FoveaBackends
import FoveaCore
import FoveaDevices
import FoveaInstaller
import FoveaSystem
import Foundation

struct BackendsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backends",
        abstract: "List, install and remove the runtimes that drive accelerators.",
        discussion: """
            Runtimes are pinned: their files come from PyPI by hash. They go to FOVEA_LIBRARY_FOLDER, else to \
            ~/.cache/fovea. Drivers are the system's; 'fovea doctor' says which are needed.

              fovea backends install openvino     # Intel
              fovea backends install cuda         # NVIDIA: the build that serves this card and driver
            """,
        subcommands: [List.self, Install.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what there is and what is installed.")

        func run() async throws {
            var table = TextTable("RUNTIME", "VERSION", "STATE", "SIZE", "FOR")
            for item in RuntimeInstaller().list() {
                let (state, size) = item.state.text
                table.add(item.package.rawValue, item.package.version, state, size, item.package.summary)
            }
            StandardOutput.write(table.text)
        }
    }

    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Fetch a runtime and unpack it.")

        @Argument(
            help: "Its name: see 'fovea backends list'. 'cuda' stands for the one that serves this card.")
        var runtime: [String]

        func run() async throws {
            for name in runtime {
                let package = try RuntimePackage.named(name)
                let progress = ProgressLine()
                let folder = try await RuntimeInstaller().install(package) { progress.show($0) }
                progress.end()
                StandardOutput.write("\(package.rawValue) \(package.version) is in \(folder.path)\n")
                StandardOutput.write("Its terms: \(package.licence)\n")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a runtime that was installed here.")

        @Argument(help: "Its name: see 'fovea backends list'.")
        var runtime: [String]

        func run() async throws {
            for name in runtime {
                for folder in try await RuntimeInstaller().remove(try RuntimePackage.named(name)) {
                    StandardOutput.write("Deleted \(folder.path)\n")
                }
            }
        }
    }
}

extension RuntimePackage {
    /// - Throws: ``FoveaError/Code/invalidSetting`` naming those there are.
    fileprivate static func named(_ name: String) throws -> RuntimePackage {
        if name == "cuda" { return try cuda() }
        guard let package = RuntimePackage(rawValue: name) else {
            let all = ["cuda"] + allCases.map(\.rawValue)
            throw FoveaError(
                .invalidSetting, "There is no runtime '\(name)', only \(all.joined(separator: ", ")).")
        }
        return package
    }

    /// The build for this machine's first card.
    private static func cuda() throws -> RuntimePackage {
        let snapshot = SystemSnapshot(reading: LocalSystem())
        guard let capability = snapshot.nvidiaGPUs.first?.computeCapability else { return .cuda13 }
        switch CUDARuntimeChoice.choose(
            driver: snapshot.nvidia.driver.flatMap { NVIDIADriver($0) }, computeCapability: capability)
        {
        case .use(let package): return package
        case .unsupported(let reason, let nextStep):
            throw FoveaError(.engineUnavailable, "\(reason) \(nextStep)")
        }
    }
}

extension RuntimeListing.State {
    fileprivate var text: (String, String) {
        switch self {
        case .installed(_, let isRemovable): (isRemovable ? "installed" : "installed by other means", "")
        case .available(let download, let disk):
            ("available", "\(download.megabytes) to fetch, \(disk.megabytes) on disk")
        case .unsupported: ("not for this processor", "")
        }
    }
}

extension Int {
    fileprivate var megabytes: String { "\((self + 500_000) / 1_000_000) MB" }
}
