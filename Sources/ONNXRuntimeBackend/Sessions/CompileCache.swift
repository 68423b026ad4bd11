import FoveaCore
import Foundation

/// Where a provider keeps what it compiled of a model:
/// `<model's folder>/<provider>/<key>/`, as Immich has it but for the key.
///
/// The key names what the compiled code depends on, because not all providers
/// check that themselves: the runtime's version, the device, the driver, the
/// precision and the model's file. Two models never share a folder, so only
/// versions of one could clash.
struct CompileCache {
    let url: URL

    /// - Parameter runtime: version of the runtime that compiles.
    init(of model: URL, on accelerator: Accelerator, by runtime: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: model.path)
        let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        let modified = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let facts = [
            runtime, accelerator.device.description, accelerator.driver, accelerator.precision.rawValue,
            "\(size)", "\(Int(modified * 1000))",
        ]
        url = model.deletingLastPathComponent()
            .appending(
                components: accelerator.device.kind.rawValue, FactsKey.key(facts), directoryHint: .isDirectory
            )
    }

    /// The folder, made if it is not there; `nil` where nothing may be written:
    /// the model is then compiled each time.
    func folder() -> URL? {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            return nil
        }
        return FileManager.default.isWritableFile(atPath: url.path) ? url : nil
    }
}
