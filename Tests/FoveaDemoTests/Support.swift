import Foundation
import FoveaClient
import FoveaCore
import FoveaDemoKit

/// A folder that is gone after the test.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
            .resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file, and the folders above it.
    @discardableResult
    func add(_ path: String, _ content: String = "x") throws -> URL {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: file)
        return file
    }
}

extension PhotoResult {
    init(
        _ name: String, embedding: [Float]? = nil, faces: [[Float]] = [], lines: [String] = [],
        size: ImageSize = ImageSize(width: 100, height: 50), failures: [String] = []
    ) {
        self.init(photo: Photo(name: name, file: URL(filePath: "/photos/\(name)")))
        self.embedding = embedding
        self.size = size
        self.failures = failures
        self.faces = faces.map { embedding in
            PhotoFace(box: Box(x1: 10, y1: 5, x2: 30, y2: 25), score: 0.75, embedding: embedding)
        }
        self.lines = lines.map { text in
            PhotoLine(
                text: text, score: 0.5,
                corners: [
                    Point(x: 0.5, y: 0.5), Point(x: 0.75, y: 0.5), Point(x: 0.75, y: 1),
                    Point(x: 0.5, y: 1),
                ])
        }
    }
}

extension Findings {
    init(_ photos: [PhotoResult], queries: [(text: String, embedding: [Float])] = []) {
        self.init(folder: URL(filePath: "/photos"), photos: photos, queries: queries, seconds: 2)
    }
}
