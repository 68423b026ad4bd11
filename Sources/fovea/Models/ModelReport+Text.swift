import FoveaCore
import FoveaEngine
import FoveaModels
import Foundation

extension ModelReport {
    /// For people.
    var text: String {
        var lines: [String] = ["\(name): \(title ?? Self.purpose(task))"]
        func add(_ label: String, _ value: String?) {
            guard let value else { return }
            lines.append("  \(label)\(String(repeating: " ", count: max(1, 12 - label.count)))\(value)")
        }
        add("made by", family)
        add("page", page)
        add("licence", licenceText)
        add("note", note)
        add("embedding", dimensions.map { "\($0) numbers" })
        add("pictures", pictureSize.map { "\($0) × \($0) pixels" })
        add("texts", textsText)
        add("languages", languages.map { $0.joined(separator: " ") })
        for figure in quality {
            add("quality", "\(figure.percent) %, \(figure.measure); \(figure.source)")
        }
        add("download", downloadBytes.map { "about \(ByteText.file($0)) in float32" })
        add("memory", memoryBytes.map { "\(ByteText.memory($0)) with both parts, as Immich measured it" })
        add("cost", gigaflops.map { "\($0) billion operations a picture" })
        add(
            "formats",
            formats.map { "\($0.map(\.rawValue).joined(separator: ", ")); others were not looked for" })
        add("problem", problem)
        lines.append(parts.isEmpty ? "  not installed" : "")
        for part in parts {
            lines.append("\(part.type), \(ByteText.file(part.bytes)), in \(part.folder)")
            for file in part.files { lines.append("  \(file.path)  \(ByteText.file(file.bytes))") }
            lines += part.proofs.map { proof in
                String(
                    format: "  on %@: %.1f ms, on the processor %.1f ms; %@", proof.placement.device,
                    proof.seconds * 1000, proof.referenceSeconds * 1000, proof.explanation)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func purpose(_ task: String) -> String {
        switch task {
        case "clip": "smart search"
        case "facial-recognition": "faces"
        default: "text in pictures"
        }
    }

    private var licenceText: String {
        guard let licence else { return page.map { "unknown: see \($0)" } ?? "unknown" }
        let limit =
            switch licence.isNonCommercial {
            case true?: ", not for commercial use"
            case false?: ""
            case nil: ", read it before commercial use"
            }
        return "\(licence.name)\(limit) (\(licence.source))"
    }

    private var textsText: String? {
        let parts = [tokenizer?.rawValue, contextLength.map { "\($0) tokens" }].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
