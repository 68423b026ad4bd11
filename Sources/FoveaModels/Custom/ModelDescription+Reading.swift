package import Foundation
import FoveaCore

extension ModelDescription {
    /// - Parameters:
    ///   - json: the file's bytes.
    ///   - file: where they come from; named in errors.
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the key that cannot be
    ///   used, and what would do.
    package init(json: [UInt8], file: URL) throws {
        do {
            self = try JSONDecoder().decode(Decoded.self, from: Data(json)).description
        } catch let refusal as DescriptionRefusal {
            throw Self.refused(file, refusal.reason)
        } catch let error as DecodingError {
            if case .typeMismatch(_, let context) = error, context.codingPath.isEmpty {
                throw Self.refused(file, "is no object: start it with {")
            }
            throw Self.refused(file, "is no JSON", cause: error)
        }
    }

    private static func refused(_ file: URL, _ reason: String, cause: (any Error)? = nil) -> FoveaError {
        FoveaError(
            .modelInvalid, "\(file.path) \(reason). Correct the file, or remove it: it may be left out.",
            cause: cause)
    }

    /// The file as it is read.
    private struct Decoded: Decodable {
        var description = ModelDescription()

        init(from decoder: any Decoder) throws {
            var fields = try DescriptionFields(decoder)
            description.title = try fields.take("title", "a text")
            description.license = try fields.take("license", "a text, such as \"MIT\"")
            description.languages = try fields.take("languages", "a list of codes, such as [\"en\", \"de\"]")
            {
                (codes: [String]) in
                codes.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-") } }
            }
            description.dimensions = try fields.take("dimensions", "a whole number from 1 to 65536") {
                1...65_536 ~= $0
            }
            description.quality = try fields.take("quality", "an object", Quality.self)?.figure
            description.text = try fields.take("text", "an object", TextTower.self)?.text
            description.picture = try fields.take("picture", "an object", ImageTower.self)?.picture
            try fields.finish()
        }
    }

    private struct Quality: Decodable {
        var figure: QualityFigure

        init(from decoder: any Decoder) throws {
            var fields = try DescriptionFields(decoder)
            figure = QualityFigure(
                try fields.need("measure", "a text that says what was measured"),
                try fields.need("percent", "a number from 0 to 100") { 0...100 ~= $0 },
                source: try fields.need("source", "a text that says who measured it"))
            try fields.finish()
        }
    }

    private struct TextTower: Decodable {
        var text = Text()

        init(from decoder: any Decoder) throws {
            var fields = try DescriptionFields(decoder)
            text.contextLength = try fields.take("contextLength", "a whole number from 1 to 65536") {
                1...65_536 ~= $0
            }
            text.clean = try fields.take("clean", "\"canonicalize\"") { $0 == "canonicalize" }
            try fields.finish()
        }
    }

    private struct ImageTower: Decodable {
        var picture: Picture

        init(from decoder: any Decoder) throws {
            // Pillow's names.
            let filters = ["nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"]
            var fields = try DescriptionFields(decoder)
            picture = Picture(
                size: try fields.need("size", "a whole number from 1 to 8192") { 1...8192 ~= $0 },
                mean: try fields.need("mean", "three numbers") { (mean: [Double]) in mean.count == 3 },
                std: try fields.need("std", "three numbers above 0") { (std: [Double]) in
                    std.count == 3 && std.allSatisfy { $0 > 0 }
                },
                interpolation: try fields.take("interpolation", "one of \(filters.joined(separator: ", "))") {
                    filters.contains($0)
                },
                resizeMode: try fields.take("resizeMode", "\"shortest\" or \"squash\"") {
                    ["shortest", "squash"].contains($0)
                })
            try fields.finish()
        }
    }
}

extension InstalledModel {
    /// What the model's owner says about it; `nil` where there is no such file.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the file, and the key
    ///   that is wrong.
    package func description() throws -> ModelDescription? {
        let file = home.appending(component: ModelDescription.fileName)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            return try ModelDescription(json: [UInt8](try Data(contentsOf: file)), file: file)
        } catch let error as FoveaError {
            throw error
        } catch {
            throw FoveaError(
                .modelInvalid, "\(file.path) cannot be read: check its permissions.", cause: error)
        }
    }
}
