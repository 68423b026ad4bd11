public import FoveaBackends
public import Foundation
import FoveaCore

/// Runs `.rknn` models on the NPU of Rockchip's chips, with their runtime,
/// whose library is opened at run time.
///
/// ```swift
/// let backend = try RKNNBackend(configuration: .init(threads: 3))
/// if let file = backend.file(in: URL(filePath: "/cache/clip/ViT-B-32__openai/visual")) {
///     let outputs = try await backend.open(file).run([pixels])
/// }
/// ```
public final class RKNNBackend: Backend {
    /// The chip that models are taken for.
    public let soc: SoC
    private let loader: ModelLoader
    /// One at a time: nothing says that the runtime can load two at once.
    private let loads = BlockingPool(name: "rknn.load", width: 1)

    /// Opens the library.
    ///
    /// - Parameter soc: this machine's chip.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if this is no chip that
    ///   is supported, or if the library is missing or not Rockchip's, with
    ///   the file looked for and how to get it;
    ///   ``FoveaError/Code/invalidSetting``.
    public init(configuration: RKNNConfiguration = .init(), soc: SoC? = .current()) throws {
        guard let soc else {
            let chips = SoC.allCases.map(\.rawValue).joined(separator: ", ")
            throw FoveaError(
                .engineUnavailable,
                """
                No Rockchip NPU was found: \(SoC.deviceTree.path) cannot be read or names none of \(chips). A \
                container on such a board needs security_opt systempaths=unconfined.
                """)
        }
        try configuration.validate(on: soc)
        self.soc = soc
        loader = ModelLoader(
            library: try RKNNLibrary.find(LibraryLocator(path: configuration.libraryPath)), soc: soc,
            configuration: configuration,
            // At least two, so that a text is not stuck behind a picture.
            runs: BlockingPool(name: "rknn.run", width: max(2, configuration.threads)))
    }

    /// The version is known once a model was loaded.
    public var description: String { version.map { "RKNN \($0)" } ?? "RKNN" }

    /// Version of the library in use, such as `2.3.2`; `nil` until a model was
    /// loaded, because the runtime tells only then.
    public var version: String? { loader.library.versions?.library }

    /// Version of the kernel's driver, such as `0.9.8`; `nil` until a model
    /// was loaded.
    public var driverVersion: String? { loader.library.versions?.driver }

    /// The library's file, or its bare name where the system found it.
    public var libraryPath: String { loader.library.path }

    /// The export for this chip. Of text detectors that were converted for
    /// one size of pictures each, the one for the size that is configured.
    public func file(in folder: URL) -> URL? {
        [nil, loader.configuration.ocrShortSide]
            .map { RKNNModelFile.path(in: folder, soc: soc, ocrShortSide: $0) }
            .first { FileManager.default.isReadableFile(atPath: $0.path(percentEncoded: false)) }
    }

    public var shapes: ShapeSupport { .few }

    public func open(_ model: URL) async throws -> any ModelSession {
        let loader = loader
        return try await loads.run(.load) { try loader.load(model) }
    }
}
