import Foundation
import FoveaClient
package import FoveaCore
package import NIOCore

/// A form, ready to be sent.
package struct BenchForm: Sendable {
    package var contentType: String
    package var body: ByteBuffer

    init(_ form: MultipartForm) {
        contentType = form.contentType
        body = ByteBuffer(bytes: form.body)
    }
}

extension BenchCase {
    /// The form's `entries`, as Immich's server sends them with its default
    /// thresholds; `nil` for a ping.
    package var entries: String? {
        guard let model else { return nil }
        let name = Self.json(model)
        return switch task {
        case .ping: nil
        case .clipImage: #"{"clip":{"visual":{"modelName":\#(name)}}}"#
        case .clipText: #"{"clip":{"textual":{"modelName":\#(name)}}}"#
        case .faces:
            #"{"facial-recognition":{"detection":{"modelName":\#(name),"options":{"minScore":0.7}},"#
                + #""recognition":{"modelName":\#(name)}}}"#
        case .ocr:
            #"{"ocr":{"detection":{"modelName":\#(name),"options":{"minScore":0.5,"maxResolution":736}},"#
                + #""recognition":{"modelName":\#(name),"options":{"minScore":0.8}}}}"#
        }
    }

    /// The same in an engine's words.
    package var steps: [PredictionRequest.Step] {
        guard let model else { return [] }
        return switch task {
        case .ping: []
        case .clipImage: [.clipVisual(model: model)]
        case .clipText: [.clipTextual(model: model, language: nil)]
        case .faces: [.faceDetection(model: model), .faceRecognition(model: model)]
        case .ocr: [.textDetection(model: model), .textRecognition(model: model, minScore: 0.8)]
        }
    }

    /// Makes the forms to send, those of pictures beforehand.
    ///
    /// - Returns: the form of the n-th request; `nil` for pings.
    package func forms(pictures: [[UInt8]]) -> (@Sendable (_ number: Int) -> BenchForm)? {
        guard let entries else { return nil }
        guard task.takesPictures else {
            let texts = BenchTexts(texts ?? .fresh)
            return { number in Self.form(entries, text: texts.text(number)) }
        }
        let forms = pictures.map { Self.form(entries, picture: $0) }
        return { number in forms[number % forms.count] }
    }

    private static func form(_ entries: String, text: String) -> BenchForm {
        var form = MultipartForm()
        form.add("entries", text: entries)
        form.add("text", text: text)
        return BenchForm(form)
    }

    private static func form(_ entries: String, picture: [UInt8]) -> BenchForm {
        var form = MultipartForm()
        form.add("entries", text: entries)
        form.add("image", file: Data(picture))
        return BenchForm(form)
    }

    private static func json(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
