import FoveaModels
import FoveaServer
import Foundation

/// When models were last asked for.
struct ModelUses {
    /// Nothing is written down yet, so nothing is known.
    init(_ settings: Settings) {}

    /// `nil` where it is not known.
    func lastUse(of model: InstalledModel) -> Date? { nil }
}
