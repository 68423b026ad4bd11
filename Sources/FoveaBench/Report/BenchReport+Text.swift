import Foundation

extension BenchReport {
    /// The table, and what there is to say beside it, for people.
    package var text: String {
        let isCompared = rows.contains { $0.bare != nil }
        let hasSeveralClients = Set(rows.map(\.clients)).count > 1
        var header = ["TASK", "MODEL", "DEVICE"]
        if hasSeveralClients { header.append("CLIENTS") }
        header += ["PER SECOND", "P50", "P99", "CPU/1000", "100,000 PHOTOS"]
        if isCompared { header += ["ENGINE ALONE", "RATIO"] }
        header.append("ERRORS")
        let lines = rows.map { row in
            var cells = [row.name, row.model ?? "", row.device ?? ""]
            if hasSeveralClients { cells.append("\(row.clients)") }
            cells += [
                row.perSecond.map(Self.rate) ?? "-", row.p50Milliseconds.map(Self.milliseconds) ?? "-",
                row.p99Milliseconds.map(Self.milliseconds) ?? "-",
                row.cpuSecondsPerThousand.map { Self.number($0) + " s" } ?? "-",
                row.hoursPer100kPhotos.map { Self.number($0) + " h" } ?? "",
            ]
            if isCompared {
                cells += [
                    row.bare.map { Self.rate($0.perSecond) } ?? "",
                    row.bare.map { String(format: "%.2f", $0.ratio) } ?? "",
                ]
            }
            cells.append(row.failures == 0 ? "" : "\(row.failures)")
            return cells
        }
        let table = AlignedTable(header: header, rows: lines, leftColumns: 3).text
        return ([table] + notes.map { $0 + "\n" }).joined()
    }

    private var notes: [String] {
        var notes: [String] = []
        if let hours = hoursPer100kPhotos {
            notes.append("All of it for 100,000 photos: \(Self.number(hours)) hours.")
        }
        if let p50 = busyPingP50Milliseconds, let p99 = busyPingP99Milliseconds {
            notes.append(
                "/ping while busy: p50 \(Self.milliseconds(p50)), p99 \(Self.milliseconds(p99)).")
        }
        if let anonymousBytes, let residentBytes {
            notes.append(
                "Memory at the end: \(anonymousBytes >> 20) MiB, \(residentBytes >> 20) MiB with mapped files."
            )
        }
        let found = rows.filter { $0.found != nil }.map { row in
            "\(row.found ?? 0) \(row.task == .faces ? "faces" : "lines of text")"
        }
        notes.append(
            "\(pictures) previews of \(meanPictureBytes / 1000) kB on average"
                + (found.isEmpty ? "" : " with " + Self.unique(found).joined(separator: ", ")) + ".")
        let load = machine.loadAverage.map { String(format: ", load average before %.1f", $0) } ?? ""
        notes.append("\(machine.cores) cores (\(machine.processor))\(load); median of \(rounds) rounds.")
        for row in rows {
            if let bare = row.bare {
                notes.append("\(row.name), engine alone: \(bare.engine); \(bare.arrangement).")
                notes += bare.problems.map { "\(row.name), engine alone on \($0.key): \($0.value)" }.sorted()
            }
        }
        notes += rows.compactMap { row in row.failure.map { "\(row.name): \($0)" } }
        return ["", Self.unique(notes).joined(separator: "\n")]
    }

    private static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func rate(_ value: Double) -> String { number(value) + "/s" }

    private static func milliseconds(_ value: Double) -> String { number(value) + " ms" }

    /// Three digits that count; not more than anybody can measure.
    package static func number(_ value: Double) -> String {
        let digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
        return String(format: "%.\(digits)f", value)
    }
}

/// Rows in columns that line up: texts on the left, numbers on the right.
struct AlignedTable {
    var header: [String]
    var rows: [[String]]
    var leftColumns: Int

    var text: String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { cells in
            let padded = cells.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - cells[column].count)
                return column < leftColumns ? cells[column] + blanks : blanks + cells[column]
            }
            return padded.joined(separator: "  ").trimmingBlanks() + "\n"
        }.joined()
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
    }
}
