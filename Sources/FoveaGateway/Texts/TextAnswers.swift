package import FoveaCore

/// Answers about texts, kept for those who ask the same again: what people type
/// into a search box, page by page.
///
/// The ones asked for longest ago go first. A model's go when it is loaded, as
/// its files may have changed, and each after an hour.
package struct TextAnswers: Sendable {
    package typealias Instant = SuspendingClock.Instant

    /// What an answer depends on.
    package struct Key: Sendable, Hashable {
        fileprivate let text: String
        fileprivate let steps: [PredictionRequest.Step]

        /// `nil` for requests that are not about a text alone.
        package init?(_ request: PredictionRequest) {
            guard case .text(let text) = request.payload,
                request.steps.allSatisfy({ $0.model.type == .textual })
            else { return nil }
            self.text = text
            steps = request.steps
        }
    }

    private struct Entry {
        var json: [UInt8]
        var kept: Instant
        /// When it was last asked for, in uses of all.
        var use: UInt64
    }

    /// Beside the bytes of text and answer: tables and reference counts.
    private static let overhead = 256
    private static let lifetime = Duration.seconds(3600)

    private let maxBytes: Int
    private var entries: [Key: Entry] = [:]
    /// Uses in their order, those that a later one has made void included.
    private var uses: [(number: UInt64, key: Key)] = []
    private var lastUse: UInt64 = 0
    package private(set) var bytes = 0

    /// - Parameter maxBytes: what answers may take; 0 keeps none.
    package init(maxBytes: Int) { self.maxBytes = maxBytes }

    package var count: Int { entries.count }

    /// The answer given before, if there is one.
    package mutating func find(_ key: Key, at now: Instant) -> [UInt8]? {
        guard let entry = entries[key] else { return nil }
        guard entry.kept.duration(to: now) < Self.lifetime else {
            remove(key)
            return nil
        }
        note(key)
        return entry.json
    }

    package mutating func keep(_ json: [UInt8], for key: Key, at now: Instant) {
        remove(key)
        guard Self.size(key, json) <= maxBytes else { return }
        entries[key] = Entry(json: json, kept: now, use: 0)
        bytes += Self.size(key, json)
        note(key)
        while bytes > maxBytes { removeOldest() }
    }

    /// A model was loaded: what it answered before may be out of date.
    package mutating func forget(_ model: ModelID) {
        for key in entries.keys where key.steps.contains(where: { $0.model == model }) { remove(key) }
    }

    private mutating func note(_ key: Key) {
        lastUse += 1
        entries[key]?.use = lastUse
        uses.append((lastUse, key))
        // Void ones are half at most, so that this is rare.
        if uses.count > 2 * entries.count + 16 { uses.removeAll { entries[$0.key]?.use != $0.number } }
    }

    private mutating func removeOldest() {
        let oldest = uses.firstIndex { entries[$0.key]?.use == $0.number }
        guard let oldest else { return }
        remove(uses[oldest].key)
        uses.removeFirst(oldest + 1)
    }

    private mutating func remove(_ key: Key) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        bytes -= Self.size(key, entry.json)
    }

    private static func size(_ key: Key, _ json: [UInt8]) -> Int {
        key.text.utf8.count + json.count + overhead
    }
}
