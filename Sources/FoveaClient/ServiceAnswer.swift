package import Foundation
package import FoveaCore

/// What the service answers, as values.
package struct ServiceAnswer: Sendable {
    /// The embedding that was asked for.
    package var embedding: [Float]?
    /// The faces that were asked for.
    package var faces: [PhotoFace]?
    /// The lines of text that were asked for.
    package var lines: [PhotoLine]?
    /// Size of the picture that was sent, in pixels.
    package var imageSize: ImageSize?

    /// - Throws: `FoveaError` where `json` is not what the contract says.
    package init(json: Data) throws {
        do {
            let body = try JSONDecoder().decode(Body.self, from: json)
            embedding = try body.clip.map(Self.numbers)
            faces = try body.faces?.map { face in
                PhotoFace(
                    box: Box(
                        x1: face.boundingBox.x1, y1: face.boundingBox.y1, x2: face.boundingBox.x2,
                        y2: face.boundingBox.y2),
                    score: face.score, embedding: try Self.numbers(face.embedding))
            }
            lines = try body.ocr?.lines()
            if let width = body.imageWidth, let height = body.imageHeight {
                imageSize = ImageSize(width: width, height: height)
            }
        } catch {
            throw FoveaError(
                .invalidRequest,
                "The service's answer is not what its contract says: is this a machine-learning service?",
                cause: error)
        }
    }

    /// Embeddings come as strings that hold JSON arrays.
    private static func numbers(_ text: String) throws -> [Float] {
        try JSONDecoder().decode([Float].self, from: Data(text.utf8))
    }
}

/// A face and the vector that tells whose it is.
package struct PhotoFace: Sendable, Hashable {
    /// In pixels of the photo; may reach beyond it.
    package var box: Box
    /// 0…1, higher is surer.
    package var score: Float
    /// Compare by cosine.
    package var embedding: [Float]

    package init(box: Box, score: Float, embedding: [Float]) {
        self.box = box
        self.score = score
        self.embedding = embedding
    }
}

/// A line of text and where it stands.
package struct PhotoLine: Sendable, Hashable {
    package var text: String
    /// 0…1, higher is surer.
    package var score: Float
    /// Four corners as fractions of the photo's width and height, clockwise
    /// from the top left.
    package var corners: [Point]

    package init(text: String, score: Float, corners: [Point]) {
        self.text = text
        self.score = score
        self.corners = corners
    }
}

private struct Body: Decodable {
    struct Face: Decodable {
        struct BoundingBox: Decodable { var x1, y1, x2, y2: Float }
        var boundingBox: BoundingBox
        var embedding: String
        var score: Float
    }

    struct Text: Decodable {
        var box: [Float]
        var text: [String]
        var textScore: [Float]

        func lines() throws -> [PhotoLine] {
            guard box.count == 8 * text.count, textScore.count == text.count else {
                throw FoveaError(
                    .invalidRequest,
                    "\(text.count) texts come with \(box.count) box numbers and \(textScore.count) scores.")
            }
            return text.indices.map { line in
                let corners = (0..<4).map { corner in
                    Point(x: box[8 * line + 2 * corner], y: box[8 * line + 2 * corner + 1])
                }
                return PhotoLine(text: text[line], score: textScore[line], corners: corners)
            }
        }
    }

    enum CodingKeys: String, CodingKey {
        case clip, ocr, imageWidth, imageHeight
        case faces = "facial-recognition"
    }

    var clip: String?
    var faces: [Face]?
    var ocr: Text?
    var imageWidth: Int?
    var imageHeight: Int?
}
