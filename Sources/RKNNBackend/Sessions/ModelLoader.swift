import FoveaCore
import Foundation

/// Turns a model file into a session.
struct ModelLoader: Sendable {
    let library: RKNNLibrary
    let soc: SoC
    let configuration: RKNNConfiguration
    /// Where the sessions' runs happen.
    let runs: BlockingPool

    /// Blocks while the model loads.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the file;
    ///   ``FoveaError/Code/engineUnavailable`` if the NPU cannot be used.
    func load(_ model: URL) throws -> RKNNSession {
        let path = model.path(percentEncoded: false)
        let threads = "with \(configuration.threads) threads."
        configuration.log?("Loading RKNN model from \(path) \(threads)")
        var bytes = try read(path)
        do {
            let (contexts, signature) = try bytes.withUnsafeMutableBytes(contexts)
            configuration.log?("Loaded RKNN model from \(path) \(threads)")
            return RKNNSession(path: path, signature: signature, contexts: contexts, runs: runs)
        } catch let failure as RKNNStatus {
            throw FoveaError(
                failure.loadingCode,
                """
                The model \(path) cannot be loaded by Rockchip's runtime on \(soc.rawValue): \(failure). \
                \(failure.loadingAdvice)
                """, cause: failure)
        } catch let error as FoveaError where error.code == .modelInvalid {
            throw FoveaError(
                .modelInvalid, "The model \(path) cannot be used: \(error.message) Fetch it again.",
                cause: error)
        }
    }

    private func contexts(_ bytes: UnsafeMutableRawBufferPointer) throws -> ([RKNNContext], GraphSignature) {
        let first = try RKNNContext.load(bytes, in: library)
        try bind(first)
        if let versions = first.versions() { library.learn(versions) }
        let signature = try GraphSignature(of: first)
        let others = try (1..<configuration.threads).map { _ in
            // A context of a model with several shapes cannot be duplicated
            // (RKNN SDK, "Dynamic Shape Usage").
            let copy = signature.choosesShapes ? nil : first.duplicated()
            let other = try copy ?? RKNNContext.load(bytes, in: library)
            try bind(other)
            return other
        }
        return ([first] + others, signature)
    }

    /// Immich's service sets the cores only where there are several.
    private func bind(_ context: RKNNContext) throws {
        guard soc.coreCount > 1 else { return }
        try context.setCores(configuration.coreMask)
    }

    /// Not mapped: the runtime takes the bytes as memory that it may write to.
    private func read(_ path: String) throws -> Data {
        func refused(_ reason: String, cause: (any Error)? = nil) -> FoveaError {
            FoveaError(.modelInvalid, "The model \(path) cannot be loaded: \(reason)", cause: cause)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw refused("there is no such file. Fetch it again.")
        }
        guard !isFolder.boolValue else { throw refused("it is a folder, not a file.") }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw refused("it cannot be read. Check the file's permissions.", cause: error)
        }
        guard !bytes.isEmpty else { throw refused("it is empty. Fetch it again.") }
        guard bytes.count <= Int(UInt32.max) else {
            throw refused("its \(bytes.count) bytes are more than the runtime takes, which is 4 GiB.")
        }
        return bytes
    }
}
