import FoveaCore
import Foundation

extension SettingsReader {
    /// A text that no report may show, or the content of the file that
    /// `<name>_FILE` names, as orchestrators hand out secrets.
    ///
    /// - Returns: without white space at either end; `nil` where neither is set.
    mutating func secret(_ name: String, _ meaning: String) throws -> String? {
        let file = variable(name + "_FILE")
        let variable = variable(name)
        guard let given = variable ?? file else {
            record(SettingEntry(name: name, value: "", source: .standard, meaning: meaning))
            return nil
        }
        guard variable == nil || file == nil else {
            throw FoveaError(.invalidSetting, "\(name) and \(name)_FILE are both set: unset one of them.")
        }
        record(SettingEntry(name: name, value: "(set)", source: given.source, meaning: meaning))
        guard let path = file?.value else { return given.value }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8).trimmed else {
            // Without a slash it may be the secret itself, in the wrong place.
            let shown = path.contains("/") ? path : "its file"
            throw FoveaError(
                .invalidSetting, "\(name)_FILE: \(shown) cannot be read: check its path and permissions.")
        }
        guard !text.isEmpty else { throw FoveaError(.invalidSetting, "\(name)_FILE: \(path) is empty.") }
        return text
    }
}
