import FoveaCore
import Foundation

/// What compiled code depends on.
struct CompileFacts: Sendable, Hashable, Codable {
    /// The name of the model's file, in the folder that the cache is in.
    var model: String
    var modelBytes: Int
    /// In milliseconds since 1970.
    var modelDate: Int
    /// Version of the runtime that compiled.
    var runtime: String
    var device: String
    var driver: String
    var precision: String

    init(of model: URL, on accelerator: Accelerator, by runtime: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: model.path)
        self.model = model.lastPathComponent
        modelBytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        modelDate = Int(((attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0) * 1000)
        self.runtime = runtime
        device = accelerator.device.description
        driver = accelerator.driver
        precision = accelerator.precision.rawValue
    }

    /// A name for a folder.
    var key: String {
        FactsKey.key([runtime, device, driver, precision, "\(modelBytes)", "\(modelDate)"])
    }

    /// Whether these are true where others were: of the same model on the same
    /// device in the same precision. Code for another device, or in another
    /// precision, may be wanted again.
    func replace(_ others: Self) -> Bool {
        self != others
            && (model, device, precision) == (others.model, others.device, others.precision)
    }
}
