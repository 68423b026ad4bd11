import FoveaCore
import FoveaModels
import Foundation

/// What `fovea models recommend` shows.
struct RecommendationReport: Encodable {
    var languages: [String]
    var photos: Int
    var speed: SpeedEstimate
    var memory: MemoryForModels
    /// The best first.
    var models: [Row]
    var faces, ocr: String
    /// What there is to say beside the table.
    var remarks: [String]

    struct Row: Encodable {
        var name: String
        /// Whether it is the one to take.
        var isChoice: Bool
        var percent: Double
        var recall: [String: Double]
        var hoursPer100kPhotos: Double
        var memoryBytes: Int
        var downloadBytes: Int?
        var isInstalled: Bool
        var licence: String?
        var note: String?
    }

    init(
        _ recommendation: Recommendation, needs: Recommendation.Needs, speed: SpeedEstimate,
        memory: MemoryForModels, installed: Set<String>
    ) {
        languages = needs.languages
        photos = needs.photos
        self.speed = speed
        self.memory = memory
        models = recommendation.rows.enumerated().map { index, row in
            Row(
                name: row.model.name, isChoice: index == recommendation.choice, percent: row.percent,
                recall: row.recall, hoursPer100kPhotos: row.hoursPer100kPhotos, memoryBytes: row.memoryBytes,
                downloadBytes: row.model.downloadBytes, isInstalled: installed.contains(row.model.name),
                licence: row.model.licence?.name, note: row.model.note)
        }
        faces = FixedAdvice.faces
        ocr = FixedAdvice.ocr(for: needs.languages)
        remarks = Self.remarks(recommendation, needs, memory)
    }

    private static func remarks(
        _ recommendation: Recommendation, _ needs: Recommendation.Needs, _ memory: MemoryForModels
    ) -> [String] {
        var remarks: [String] = []
        let unknown = recommendation.unknownLanguages
        if !unknown.isEmpty {
            let measured = CrossmodalRecall.measuredLanguages.joined(separator: " ")
            remarks.append(
                "Nobody published figures for \(unknown.joined(separator: ", ")); there are for \(measured).")
        }
        if !recommendation.unservedLanguages.isEmpty, !recommendation.rows.isEmpty {
            let languages = recommendation.unservedLanguages.joined(separator: ", ")
            remarks.append("No model that fits is good in \(languages).")
        }
        if recommendation.rows.isEmpty, unknown.count < needs.languages.count {
            remarks.append(
                "No search model fits into \(ByteText.memory(memory.bytes)): raise FOVEA_MEMORY_BUDGET or the "
                    + "container's limit.")
        }
        let notes = Set(
            recommendation.rows.filter { $0.model.family == "NLLB-CLIP" }.compactMap(\.model.note))
        return remarks + notes.sorted().map { "NLLB-CLIP \($0)." }
    }

    /// For people.
    var text: String {
        var table = TextTable("", "MODEL", "QUALITY", "HOURS/100K", "MEMORY", "DOWNLOAD", "LICENCE")
        for row in models {
            table.add(
                row.isChoice ? "→" : "", row.name, String(format: "%.1f %%", row.percent),
                Self.hours(row.hoursPer100kPhotos), ByteText.memory(row.memoryBytes),
                row.isInstalled ? "here" : row.downloadBytes.map(ByteText.file) ?? "",
                row.licence ?? "unknown")
        }
        var lines = models.isEmpty ? [] : ["Search, in \(languages.joined(separator: ", ")):", ""]
        if !models.isEmpty { lines += [table.text] }
        lines += remarks
        lines += [
            "Faces: \(faces)", "Text: \(ocr)", "",
            "QUALITY: how often a search finds the picture it describes; \(CrossmodalRecall.source).",
            "HOURS/100K: an estimate of the image tower's time, from \(speed.origin),",
            "  and Immich's times of the others. 'fovea bench' measures what is installed.",
        ]
        let limit = memory.bytes == .max ? "" : "\(ByteText.memory(memory.bytes)), "
        lines.append("MEMORY: as Immich measured it; may be \(limit)\(memory.origin).")
        if models.contains(where: \.isChoice) {
            lines.append("→ the best that indexes \(photos) photos within a day here, or the fastest.")
        }
        lines.append("Another search model than before means indexing all photos again.")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func hours(_ hours: Double) -> String {
        String(format: hours < 10 ? "%.1f" : "%.0f", hours)
    }
}
