import FoveaCore
import Foundation

/// Recorded answers of the reference service and the pictures they are about.
/// `Tests/Fixtures/golden/README.md` says how they were recorded.
enum GoldenFixtures {
    struct Picture: Decodable {
        var width, height: Int
        var clip: Vector
        var faces: [Face]
        var ocr: Lines
    }

    struct Face: Decodable {
        /// x1, y1, x2, y2 in pixels.
        var box: [Float]
        var score: Float
        var embedding: Vector
    }

    struct Lines: Decodable {
        var text: [String]
        /// Eight numbers a line, as parts of the picture's width and height.
        var box: [Float]
        var boxScore: [Float]
        var textScore: [Float]
    }

    struct Text: Decodable {
        var status: Int
        var clip: Vector?
    }

    /// Little-endian float32 numbers in base64.
    struct Vector: Decodable {
        var values: [Float]

        init(from decoder: any Decoder) throws {
            let bytes = try decoder.singleValueContainer().decode(Data.self)
            values = stride(from: 0, to: bytes.count - 3, by: 4).map { offset in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
                return Float(bitPattern: bits)
            }
        }
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardized
    /// Where `make setup` puts what is downloaded.
    static let cache = {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
        return base.appending(path: "fovea")
    }()
    static let demoModels = cache.appending(path: "demo-models")

    static func pictures() throws -> [String: Picture] { try decode("images.json") }
    static func texts() throws -> [String: Text] { try decode("texts.json") }

    /// The file's bytes of a recorded picture.
    static func bytes(of picture: String) throws -> [UInt8] {
        let manifest: [String: String] = try decode("manifest.json")
        guard let place = manifest[picture] else {
            throw FoveaError(.invalidSetting, "\(picture) is not in Tests/Fixtures/golden/manifest.json.")
        }
        let fetched = "test-data:"
        let url =
            place.hasPrefix(fetched)
            ? cache.appending(path: "test-data/\(place.dropFirst(fetched.count))")
            : repository.appending(path: place)
        return [UInt8](try Data(contentsOf: url))
    }

    private static func decode<Value: Decodable>(_ file: String) throws -> Value {
        let url = repository.appending(path: "Tests/Fixtures/golden/\(file)")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }
}

/// Cosine of the angle between two vectors: 1 where they point the same way.
func cosine(_ a: [Float], _ b: [Float]) -> Double {
    guard a.count == b.count else { return -1 }
    var dot = 0.0
    var squares = (0.0, 0.0)
    for (x, y) in zip(a, b) {
        dot += Double(x) * Double(y)
        squares.0 += Double(x) * Double(x)
        squares.1 += Double(y) * Double(y)
    }
    return dot / (squares.0 * squares.1).squareRoot()
}

/// Intersection over union of two boxes given as x1, y1, x2, y2.
func overlap(_ a: [Float], _ b: [Float]) -> Float {
    let width = min(a[2], b[2]) - max(a[0], b[0])
    let height = min(a[3], b[3]) - max(a[1], b[1])
    let shared = max(0, width) * max(0, height)
    let areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return shared / (areas - shared)
}
