import FoveaModels
import FoveaServer
import Foundation

/// When models were last loaded.
struct ModelUses {
    private let use: ModelUse
    private let revision: String

    init(_ settings: Settings) {
        use = ModelUse(cache: settings.cacheFolder)
        revision = settings.modelRevision
    }

    /// `nil` where it is not known.
    func lastUse(of model: InstalledModel) -> Date? {
        use.lastUse(of: ModelHome(of: model.id, revision: revision))
    }
}
