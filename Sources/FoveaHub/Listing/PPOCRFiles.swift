package import FoveaCore
import FoveaDownload

/// Where the PP-OCR models come from that Immich uses at revision `main`: files
/// that RapidOCR publishes, each with its SHA-256.
///
/// The sums and paths are those of the ONNX Runtime part of `default_models.yaml`
/// in the package `rapidocr`: of version 3.8.1 for PP-OCRv5, which is the one
/// that Immich locks and names its files by the tag v3.8.0, and of version 3.9.2
/// for PP-OCRv6, which 3.8.1 does not have.
package enum PPOCRFiles {
    /// One graph.
    package struct File: Sendable, Hashable {
        package let name: String
        package let type: ModelType
        /// From ``HubSettings/ppocrEndpoint`` on.
        package let path: String
        package let sha256: String

        init(_ name: String, _ type: ModelType, _ tag: String, _ file: String, _ sha256: String) {
            self.name = name
            self.type = type
            let family = name.contains("PP-OCRv6") ? "PP-OCRv6" : "PP-OCRv5"
            path = "\(tag)/onnx/\(family)/\(file).onnx"
            self.sha256 = sha256
        }
    }

    /// The files of a model of this name; none where it is not known.
    package static func files(of name: String) -> [File] { all.filter { $0.name == name } }

    /// What there is of a model, below `endpoint`; `nil` where it is not known.
    package static func listing(of name: String, endpoint: String) -> ModelListing? {
        let files = files(of: name)
        guard !files.isEmpty else { return nil }
        return ModelListing(
            source: endpoint,
            files: files.map { file in
                ListedFile(
                    path: "\(file.type.rawValue)/model.onnx", hash: .sha256(file.sha256),
                    origin: .remote(url: "\(endpoint)/\(WebPath.encoded(file.path))"))
            })
    }

    package static let all: [File] = [
        File(
            "PP-OCRv5_mobile", .detection, "v3.8.0", "det/ch_PP-OCRv5_det_mobile",
            "4d97c44a20d30a81aad087d6a396b08f786c4635742afc391f6621f5c6ae78ae"),
        File(
            "PP-OCRv5_server", .detection, "v3.8.0", "det/ch_PP-OCRv5_det_server",
            "0f8846b1d4bba223a2a2f9d9b44022fbc22cc019051a602b41a7fda9667e4cad"),
        File(
            "PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/ch_PP-OCRv5_rec_mobile",
            "5825fc7ebf84ae7a412be049820b4d86d77620f204a041697b0494669b1742c5"),
        File(
            "CH__PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/ch_PP-OCRv5_rec_mobile",
            "5825fc7ebf84ae7a412be049820b4d86d77620f204a041697b0494669b1742c5"),
        File(
            "PP-OCRv5_server", .recognition, "v3.8.0", "rec/ch_PP-OCRv5_rec_server",
            "e09385400eaaaef34ceff54aeb7c4f0f1fe014c27fa8b9905d4709b65746562a"),
        File(
            "CH__PP-OCRv5_server", .recognition, "v3.8.0", "rec/ch_PP-OCRv5_rec_server",
            "e09385400eaaaef34ceff54aeb7c4f0f1fe014c27fa8b9905d4709b65746562a"),
        File(
            "KOREAN__PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/korean_PP-OCRv5_rec_mobile",
            "cd6e2ea50f6943ca7271eb8c56a877a5a90720b7047fe9c41a2e541a25773c9b"),
        File(
            "LATIN__PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/latin_PP-OCRv5_rec_mobile",
            "b20bd37c168a570f583afbc8cd7925603890efbcdc000a59e22c269d160b5f5a"),
        File(
            "ESLAV__PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/eslav_PP-OCRv5_rec_mobile",
            "08705d6721849b1347d26187f15a5e362c431963a2a62bfff4feac578c489aab"),
        File(
            "EN__PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/en_PP-OCRv5_rec_mobile",
            "c3461add59bb4323ecba96a492ab75e06dda42467c9e3d0c18db5d1d21924be8"),
        File(
            "TH__PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/th_PP-OCRv5_rec_mobile",
            "de541dd83161c241ff426f7ecfd602a0ba77d686cf3ab9a6c255ea82fd08006e"),
        File(
            "EL__PP-OCRv5_mobile", .recognition, "v3.8.0", "rec/el_PP-OCRv5_rec_mobile",
            "b4368bccd557123c702b7549fee6cd1e94b581337d1c9b65310f109131542b7f"),
        File(
            "PP-OCRv6_tiny", .detection, "v3.9.2", "det/PP-OCRv6_det_tiny",
            "f42c0fbd294d95eac1a550e131b277dac97462c8025fa4b6c3cec1b7894bd3d5"),
        File(
            "PP-OCRv6_small", .detection, "v3.9.2", "det/PP-OCRv6_det_small",
            "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"),
        File(
            "PP-OCRv6_medium", .detection, "v3.9.2", "det/PP-OCRv6_det_medium",
            "92078b7355007ccfffcd4c8cd441a3afd4538904d06881b29a155e1e679907c2"),
        File(
            "PP-OCRv6_tiny", .recognition, "v3.9.2", "rec/PP-OCRv6_rec_tiny",
            "e16e242de5937ad92609223f19bc2aff3727ee40b095f996907c24749bad251b"),
        File(
            "PP-OCRv6_small", .recognition, "v3.9.2", "rec/PP-OCRv6_rec_small",
            "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"),
        File(
            "PP-OCRv6_medium", .recognition, "v3.9.2", "rec/PP-OCRv6_rec_medium",
            "eef444829dbbe18d7fea59a3f6eb75647518d2b3a9568d27c92e42940204894b"),
    ]
}
