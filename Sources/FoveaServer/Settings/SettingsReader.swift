import FoveaCore

/// Reads typed values from environment variables and keeps a record of them.
///
/// A reader of its own and not swift-configuration's: the contract's names are
/// case-insensitive and nest with `__`, an empty variable means "not set", the
/// spellings of numbers and truth are those of another ecosystem, and a bad
/// value must stop the start with a sentence, where that package falls back
/// to the default in silence.
struct SettingsReader {
    /// By lower-case name: what the environment says, and the options over it.
    private let variables: [String: (value: String, source: SettingEntry.Source)]
    /// What was read so far, in order.
    private(set) var entries: [SettingEntry] = []
    /// What should be written otherwise.
    private(set) var warnings: [String] = []

    init(environment: [String: String], options: [String: String] = [:]) {
        var variables: [String: (value: String, source: SettingEntry.Source)] = [:]
        // Of two spellings of a name, the one in upper case wins.
        for (name, value) in environment.sorted(by: { $0.key > $1.key }) {
            let value = value.trimmed
            variables[name.lowercased()] = value.isEmpty ? nil : (value, .environment)
        }
        for (name, value) in options { variables[name.lowercased()] = (value, .option) }
        self.variables = variables
    }

    /// What was set under a name, and by whom; `nil` where nothing was.
    func variable(_ name: String) -> (value: String, source: SettingEntry.Source)? {
        variables[name.lowercased()]
    }

    mutating func record(_ entry: SettingEntry) { entries.append(entry) }

    /// Reads a variable that `parse` understands; `nil` where it is not set.
    ///
    /// - Parameters:
    ///   - allowed: the end of "… must be".
    ///   - shown: the text that stands for the default in reports.
    mutating func optional<Value>(
        _ name: String, _ meaning: String, allowed: String, shown: String = "",
        _ parse: (String) -> Value?
    ) throws -> Value? {
        guard let (text, source) = variable(name) else {
            entries.append(SettingEntry(name: name, value: shown, source: .standard, meaning: meaning))
            return nil
        }
        guard let value = parse(text) else {
            throw FoveaError(
                .invalidSetting,
                "\(name) is '\(text.excerpt)', but must be \(allowed): correct it or unset it.")
        }
        entries.append(SettingEntry(name: name, value: text, source: source, meaning: meaning))
        return value
    }

    mutating func integer(
        _ name: String, _ standard: Int, _ meaning: String, in range: ClosedRange<Int> = Int.min...Int.max
    ) throws -> Int {
        let allowed =
            switch (range.lowerBound, range.upperBound) {
            case (.min, .max): "a whole number"
            case (let lower, .max): "a whole number of at least \(lower)"
            case (let lower, let upper): "a whole number from \(lower) to \(upper)"
            }
        return try optional(name, meaning, allowed: allowed, shown: String(standard)) { text in
            // `300.0` is a whole number to those who wrote the names.
            let number = Int(text) ?? Double(text).flatMap(Int.init(exactly:))
            return number.flatMap { range.contains($0) ? $0 : nil }
        } ?? standard
    }

    /// A number of bytes, with a unit or without: `2147483648`, `2GiB`, `2g`,
    /// `2GB`: powers of 1024 all of them, as in Docker's options.
    mutating func bytes(_ name: String, _ meaning: String) throws -> Int? {
        try optional(name, meaning, allowed: "a number of bytes, such as 500MiB or 4GiB") { text in
            let text = text.lowercased()
            let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = text.dropFirst(digits.count).trimmed
            let powers = ["": 0, "k": 10, "m": 20, "g": 30, "t": 40]
            let end = ["ib", "b"].first { unit.hasSuffix($0) }?.count ?? 0
            guard let number = Double(digits), let power = powers[String(unit.dropLast(end))] else {
                return nil
            }
            let bytes = number * Double(1 << power)
            return bytes >= 1 && bytes < 1e18 ? Int(bytes) : nil
        }
    }

    mutating func boolean(_ name: String, _ standard: Bool, _ meaning: String) throws -> Bool {
        try boolean(name, meaning, shown: "\(standard)") ?? standard
    }

    mutating func boolean(_ name: String, _ meaning: String, shown: String = "") throws -> Bool? {
        try optional(
            name, meaning, allowed: "one of true, false, 1, 0, yes, no, on, off, y, n, t, f", shown: shown
        ) { text in
            switch text.lowercased() {
            case "true", "1", "yes", "on", "y", "t": true
            case "false", "0", "no", "off", "n", "f": false
            default: nil
            }
        }
    }

    /// - Parameter shown: what reports show of the value.
    mutating func string(
        _ name: String, _ standard: String, _ meaning: String, shown: (String) -> String = { $0 }
    ) -> String {
        let variable = variable(name)
        entries.append(
            SettingEntry(
                name: name, value: shown(variable?.value ?? standard),
                source: variable?.source ?? .standard, meaning: meaning))
        return variable?.value ?? standard
    }

    /// Names of devices, separated by commas; among them may be addresses of
    /// services, whose paths reports do not show.
    mutating func deviceIDs(_ name: String, _ standard: String, _ meaning: String) throws -> [String] {
        let ids = Self.names(in: string(name, standard, meaning, shown: ServiceAddress.shown))
        for id in ids where ServiceAddress.isMeant(by: id) {
            do throws(ServiceAddress.Mistake) {
                _ = try ServiceAddress(id)
            } catch {
                throw FoveaError(.invalidSetting, "\(name): \(error.text).")
            }
        }
        return ids
    }

    /// Comma-separated names, blanks around them removed.
    mutating func names(_ name: String, _ meaning: String) -> [String] {
        Self.names(in: string(name, "", meaning))
    }

    static func names(in text: String) -> [String] {
        text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    }

    /// A variable that has other names by now. It counts where those are not
    /// set, and a warning says what they are.
    mutating func former(_ name: String, now names: [String]) -> String? {
        guard let value = variable(name)?.value else { return nil }
        warnings.append("\(name) is a former name: set \(names.joined(separator: " and ")) instead.")
        return value
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
