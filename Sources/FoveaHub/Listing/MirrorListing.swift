package import FoveaCore
import FoveaDownload

/// What a web server has that is laid out as the cache folder is.
package enum MirrorListing {
    /// Files that engines or exporters give these names.
    private static let weights = ["model.onnx.data", "model.onnx_data", "model.data"]

    /// What a list of checksums says is there.
    ///
    /// - Parameter home: the address of the model's folder, without a slash.
    package static func files(_ list: ChecksumList, at home: String) -> [ListedFile] {
        list.sums.sorted { $0.key < $1.key }.map { path, sum in
            ListedFile(
                path: path, hash: .sha256(sum), origin: .remote(url: "\(home)/\(WebPath.encoded(path))"))
        }
    }

    /// What models of this task have, where nothing says what is there.
    package static func guesses(_ task: ModelTask, at home: String) -> [ListedFile] {
        let parts = task.types.flatMap { type in
            (own(type) + weights + ["model.armnn"]).map { ("\(type.rawValue)/\($0)", true) }
                + [("\(type.rawValue)/model.onnx", false)]
        }
        return ([("config.json", true)] + parts).map { path, isGuess in
            ListedFile(
                path: path, origin: .remote(url: "\(home)/\(WebPath.encoded(path))"), isGuess: isGuess)
        }
    }

    private static func own(_ type: ModelType) -> [String] {
        switch type {
        case .visual: ["preprocess_cfg.json"]
        case .textual: ["tokenizer.json", "tokenizer_config.json"]
        case .detection: []
        case .recognition: ["charset.txt"]
        }
    }
}
