package import FoveaCore

extension [DetectedText] {
    /// The lines from top to bottom, and those side by side from left to right.
    ///
    /// Sorted by their top-left corners: a new row begins where a corner is at
    /// least ten pixels below the one before.
    package func inReadingOrder() -> [DetectedText] {
        let byHeight = filter { !$0.corners.isEmpty }.sorted { $0.corners[0].y < $1.corners[0].y }
        var rows: [[DetectedText]] = []
        var previous = -Float.infinity
        for line in byHeight {
            let y = line.corners[0].y
            if y - previous >= 10 { rows.append([]) }
            rows[rows.count - 1].append(line)
            previous = y
        }
        return rows.flatMap { row in row.sorted { $0.corners[0].x < $1.corners[0].x } }
    }
}
