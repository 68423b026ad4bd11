import FoveaCore
import FoveaDevices
import FoveaGateway
import FoveaHub
import FoveaModels
import FoveaServer
import Foundation
import Logging
import RKNNBackend

/// The cache folder's models, and those that the sources have: what the
/// gateway's requests wait for.
struct HubModels: ModelProvider {
    private let store: ModelStore
    private let library: ModelLibrary
    private let budget: Int?
    /// Never removed, however long ago they were used.
    private let kept: Set<ModelHome>
    private let logger: Logger

    init(_ settings: Settings, formats: ModelFormats, logger: Logger) throws {
        store = settings.modelStore
        library = try settings.modelLibrary(formats: formats)
        budget = settings.modelSources.diskBudget
        kept = Set(settings.preload.map { ModelHome(of: $0, revision: settings.modelRevision) })
        self.logger = logger
    }

    func has(_ id: ModelID) -> Bool { (try? store.locate(id)) != nil }

    func fetch(_ id: ModelID, progress: @escaping @Sendable (FetchProgress) -> Void) async throws {
        try await library.pull(id) { progress(FetchProgress($0)) }
        await makeRoom(keeping: home(of: id))
    }

    func repair(_ id: ModelID, progress: @escaping @Sendable (FetchProgress) -> Void) async throws -> Bool {
        let home = home(of: id)
        let result = try await library.repair(home) { progress(FetchProgress($0)) }
        for (path, aside) in result.repaired.sorted(by: { $0.key < $1.key }) {
            let place = aside.map { "; the broken one is now \($0.path)" } ?? ""
            logger.warning("Model \(id): \(path) was broken and was fetched again\(place)")
        }
        return !result.repaired.isEmpty
    }

    func used(_ id: ModelID) { ModelUse(cache: library.cache).touch(home(of: id)) }

    private func home(of id: ModelID) -> ModelHome { ModelHome(of: id, revision: store.revision) }

    /// Removes what was fetched and not used for longest, where there is more
    /// than there may be.
    private func makeRoom(keeping new: ModelHome) async {
        guard let budget else { return }
        do {
            let result = try await library.prune(budget: budget, keeping: kept.union([new]))
            for model in result.models {
                logger.warning("Model \(model.home) was removed to keep within FOVEA_DISK_BUDGET")
            }
            guard result.remaining > budget else { return }
            logger.warning(
                """
                The cache folder takes \(result.remaining >> 20) MiB, more than FOVEA_DISK_BUDGET allows: what is \
                left is in use, or did not come from Fovea
                """)
        } catch {
            logger.warning(
                "FOVEA_DISK_BUDGET cannot be kept: \((error as? FoveaError)?.message ?? "\(error)")")
        }
    }
}

extension ModelFormats {
    /// Those that this machine's devices run.
    init(for devices: [Device]) {
        let chip = devices.contains { $0.kind == .rknn } ? SoC.current()?.rawValue : nil
        self.init(
            armNN: devices.contains { $0.kind == .armnn }, rknnChips: Set([chip].compactMap(\.self)))
    }
}

extension FetchProgress {
    fileprivate init(_ progress: PullProgress) {
        self.init(bytes: progress.bytes, totalBytes: progress.total > 0 ? progress.total : nil)
    }
}
