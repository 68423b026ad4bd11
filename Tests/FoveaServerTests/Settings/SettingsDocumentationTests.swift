import FoveaServer
import Foundation
import Testing

/// docs/settings.md and the settings are the same.
@Suite struct SettingsDocumentationTests {
    /// A row of a table: `| name | default | meaning |`.
    fileprivate struct Row {
        let name: String
        /// `nil` where there is none in backticks.
        let standard: String?
        let isEmpty: Bool
        let meaning: String
    }

    /// Variables that others than `Settings` read, or that it reads without
    /// being settings of the service.
    private static let others: Set = ["FOVEA_ONNXRUNTIME", "DEVICE"]

    private let rows: [Row]
    private let entries: [SettingEntry]

    init() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../docs/settings.md").standardized
        rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap(Row.init)
        entries = try Settings(environment: ["HOME": "/h"]).entries
    }

    @Test func everySettingIsDocumentedOnce() {
        #expect(!rows.isEmpty)
        let documented = rows.map(\.name).filter { !Self.others.contains($0) }
        let missing = Set(entries.map(\.name)).subtracting(documented)
        #expect(missing.isEmpty, "docs/settings.md lacks a row for \(missing.sorted())")
        // `--print-config` shows them in the same order.
        #expect(documented == entries.map(\.name))
    }

    @Test func everythingDocumentedExists() {
        let unknown = Set(rows.map(\.name)).subtracting(entries.map(\.name)).subtracting(Self.others)
        #expect(unknown.isEmpty, "docs/settings.md names \(unknown.sorted()), which nothing reads")
        #expect(Self.others.isSubset(of: rows.map(\.name)))
    }

    @Test func defaultsAreTheRealOnes() {
        let standards = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
        for entry in entries {
            guard let row = standards[entry.name] else { continue }
            if let standard = row.standard {
                #expect(standard == entry.value, "\(entry.name)")
            } else if row.isEmpty {
                #expect(entry.value.isEmpty, "\(entry.name)")
            }
            #expect(!row.meaning.isEmpty, "\(entry.name)")
        }
    }
}

extension SettingsDocumentationTests.Row {
    fileprivate init?(_ line: Substring) {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard cells.count == 5, line.hasPrefix("|"), let name = Self.code(cells[1]) else { return nil }
        self.init(
            name: name, standard: Self.code(cells[2]), isEmpty: cells[2].isEmpty, meaning: cells[3])
    }

    /// What is between backticks, where that is all there is.
    private static func code(_ cell: String) -> String? {
        guard cell.count > 2, cell.hasPrefix("`"), cell.hasSuffix("`") else { return nil }
        return String(cell.dropFirst().dropLast())
    }
}
