import FoveaBench
import FoveaEngine
import Foundation

/// What services are asked about.
struct BenchPictures {
    /// `nil` for the built-in ones.
    let folder: String?

    /// - Throws: `FoveaError` where the folder has no pictures.
    func previews() throws -> [[UInt8]] {
        let progress = StatusLine()
        defer { progress.end() }
        guard let folder else {
            progress.show("making previews")
            let maker = PreviewMaker()
            return try ProbePicture.allCases.map { try maker.preview(of: $0.bytes, grain: true) }
        }
        return try PictureFolder(URL(filePath: folder)).previews { done, all in
            progress.show("making previews: \(done) of \(all)")
        }
    }
}
