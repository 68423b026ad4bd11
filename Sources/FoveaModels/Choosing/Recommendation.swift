import FoveaCore

/// Which search models suit a machine and its users.
///
/// Pure: it is given what was measured, and decides.
package struct Recommendation: Sendable, Hashable {
    /// What there is to choose for.
    package struct Needs: Sendable, Hashable {
        /// Bytes that the models may take.
        package var memoryBytes: Int
        /// How many times as long as in Immich's measurement image towers take.
        package var slowness: Double
        /// Codes of the languages that people search in; at least one.
        package var languages: [String]
        /// How many photos there are to index.
        package var photos: Int

        package init(memoryBytes: Int, slowness: Double, languages: [String], photos: Int) {
            self.memoryBytes = memoryBytes
            self.slowness = slowness
            self.languages = languages
            self.photos = photos
        }
    }

    /// One model, and what it would be like here.
    package struct Row: Sendable, Hashable {
        package var model: CatalogueModel
        /// The mean recall over the languages, in percent.
        package var percent: Double
        /// By the languages as they were asked for.
        package var recall: [String: Double]
        /// Of a photo in the image tower.
        package var secondsPerPhoto: Double
        package var memoryBytes: Int

        package var hoursPer100kPhotos: Double { secondsPerPhoto * 100_000 / 3600 }
    }

    /// The best first; empty where nothing fits.
    package var rows: [Row]
    /// Which of ``rows`` to take.
    package var choice: Int?
    /// Languages that nobody has figures for.
    package var unknownLanguages: [String]
    /// Languages of which every model that fits knows too little.
    package var unservedLanguages: [String]

    /// A night and a day: longer, and people think that it is broken.
    private static let patience = 24 * 3600.0
    private static let mostRows = 6

    /// - Parameter models: those to choose from; others than for search are passed over.
    package init(for needs: Needs, from models: [CatalogueModel] = Catalogue.models) {
        unknownLanguages = needs.languages.filter { CrossmodalRecall.language($0) == nil }
        let languages = needs.languages.filter { CrossmodalRecall.language($0) != nil }
        let fitting = models.compactMap { Self.row($0, needs, languages) }
        let served = fitting.filter { row in
            languages.allSatisfy { Self.isServed($0, row) }
        }
        unservedLanguages = languages.filter { language in !fitting.contains { Self.isServed(language, $0) } }
        // Where no model serves them all, the best mean is the best there is.
        let front = Self.front(served.isEmpty ? fitting : served)
        let choice = Self.choice(of: front, needs)
        rows = Self.thinned(front, keeping: choice)
        self.choice = choice.flatMap { rows.firstIndex(of: $0) }
    }

    private static func row(_ model: CatalogueModel, _ needs: Needs, _ languages: [String]) -> Row? {
        guard model.task == .clip, let memory = model.memoryMiB, let milliseconds = model.milliseconds,
            memory << 20 <= needs.memoryBytes
        else { return nil }
        let recall = languages.reduce(into: [:]) { recall, language in
            // What is not in the list is below 20.
            recall[language] = CrossmodalRecall.language(language).flatMap { model.recall[$0] } ?? 0
        }
        guard !model.recall.isEmpty, !recall.isEmpty else { return nil }
        return Row(
            model: model, percent: recall.values.reduce(0, +) / Double(recall.count), recall: recall,
            secondsPerPhoto: milliseconds / 1000 * needs.slowness, memoryBytes: memory << 20)
    }

    private static func isServed(_ language: String, _ row: Row) -> Bool {
        guard let measured = CrossmodalRecall.language(language), let percent = row.recall[language] else {
            return false
        }
        return CrossmodalRecall.isServed(measured, by: percent)
    }

    /// Those that no other beats: better and about as fast and as small, or as
    /// good and faster or smaller. The best first.
    static func front(_ rows: [Row]) -> [Row] {
        rows.filter { row in !rows.contains { beats($0, row) } }
            .sorted { ($0.percent, -$0.secondsPerPhoto) > ($1.percent, -$1.secondsPerPhoto) }
    }

    private static func beats(_ one: Row, _ other: Row) -> Bool {
        if one.percent > other.percent {
            return one.secondsPerPhoto <= other.secondsPerPhoto * alike
                && Double(one.memoryBytes) <= Double(other.memoryBytes) * alike
        }
        return one.percent == other.percent && one.secondsPerPhoto <= other.secondsPerPhoto
            && one.memoryBytes <= other.memoryBytes
            && (one.secondsPerPhoto, one.memoryBytes) != (other.secondsPerPhoto, other.memoryBytes)
    }

    /// Nobody chooses the poorer of two for a tenth of time or memory.
    private static let alike = 1.1

    /// The best that is done within a day, or else the fastest.
    private static func choice(of rows: [Row], _ needs: Needs) -> Row? {
        rows.first { $0.secondsPerPhoto * Double(needs.photos) <= patience }
            ?? rows.min { $0.secondsPerPhoto < $1.secondsPerPhoto }
    }

    /// A few that differ: of neighbours, those go first that are left with the
    /// least to say for themselves.
    private static func thinned(_ rows: [Row], keeping choice: Row?) -> [Row] {
        var rows = rows
        while rows.count > mostRows {
            // The ends stay: the best of all, and the fastest or smallest.
            let candidates = rows.indices.dropFirst().dropLast().filter { rows[$0] != choice }
            guard let least = candidates.min(by: { gain(rows, $0) < gain(rows, $1) }) else { break }
            rows.remove(at: least)
        }
        return rows
    }

    /// How much better a row is than the next.
    private static func gain(_ rows: [Row], _ index: Int) -> Double {
        rows[index].percent - rows[index + 1].percent
    }
}
