import FoveaCore
import FoveaEngine
import FoveaModels
import Foundation
import Logging

/// A cache folder of made-up CLIP models, and an engine that keeps a journal of
/// what happens to them.
struct FakeTowers {
    /// What each image tower is taken to need: its graph is empty.
    static let modelBytes = MemoryEstimate.bytes(fileBytes: 0, type: .visual)

    let journal = Journal()
    let gates = Gates()
    let engine: Engine

    /// - Parameter configure: changes how the engine is set up.
    static func with(
        _ configure: (inout EngineConfiguration) -> Void = { _ in },
        do body: (FakeTowers) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["a", "b", "c", "broken"] { try write(name, in: folder.appending(path: "clip")) }
        try await body(FakeTowers(folder: folder, configure))
    }

    private init(folder: URL, _ configure: (inout EngineConfiguration) -> Void) {
        var configuration = EngineConfiguration()
        configuration.onEvent = { [journal] in journal.add(Self.text($0)) }
        configure(&configuration)
        engine = Engine(
            store: ModelStore(folder: folder), backend: TowerBackend(journal: journal, gates: gates),
            configuration: configuration,
            logger: Logger(label: "test") { [journal] _ in JournalLog(journal: journal) })
    }

    /// Asks for a picture's embedding.
    @discardableResult
    func see(_ model: String) async throws -> PredictionReport {
        try await engine.predict(
            PredictionRequest(payload: .image(Self.picture), steps: [.clipVisual(model: model)])
        ).report
    }

    /// Asks for a text's embedding.
    @discardableResult
    func read(_ model: String) async throws -> PredictionReport {
        try await engine.predict(
            PredictionRequest(payload: .text("a"), steps: [.clipTextual(model: model, language: nil)])
        ).report
    }

    /// What happened to models, without the log.
    var happened: [String] { journal.entries.filter { !$0.hasPrefix("log: ") } }

    private static func text(_ event: EngineEvent) -> String {
        switch event {
        case .loading(let id): "loading \(id.name)"
        case .loaded(let id, _, _, _, let pinned): "loaded \(id.name)\(pinned ? " for good" : "")"
        case .loadFailed(let id, let message): "failed \(id.name): \(message)"
        case .unloaded(let id, let reason): "unloaded \(id.name), \(reason)"
        case .trying(let id, let device): "trying \(id.name) on \(device)"
        case .preparing(let id, let device, let done, let total):
            "prepared \(id.name) on \(device): \(done) of \(total)"
        case .tried(let id, let device, let passed, _): "tried \(id.name) on \(device): \(passed)"
        case .fellBack(let id, let wanted, let device, _): "\(id.name) on \(device) instead of \(wanted)"
        }
    }

    private static func write(_ name: String, in folder: URL) throws {
        for (file, text) in files {
            let url = folder.appending(path: "\(name)/\(file)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    private static let files = [
        "visual/model.onnx": "",
        "visual/preprocess_cfg.json": #"{"size": [8, 8], "mean": [0, 0, 0], "std": [1, 1, 1]}"#,
        "textual/model.onnx": "",
        "config.json": #"{"text_cfg": {"context_length": 4}}"#,
        "textual/tokenizer_config.json": #"{"pad_token": "[PAD]"}"#,
        "textual/tokenizer.json": """
        {"version": "1.0", "added_tokens": [], "normalizer": null, "post_processor": null,
         "pre_tokenizer": {"type": "Whitespace"},
         "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "[PAD]": 1, "a": 2}, "unk_token": "[UNK]"}}
        """,
    ]

    /// One white pixel: a bitmap's file header, BITMAPINFOHEADER, and a row of
    /// blue, green, red and a byte of padding.
    private static let picture: [UInt8] =
        [0x42, 0x4D, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]
        + [40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
        + [255, 255, 255, 0]
}

/// Writes log lines into a journal.
struct JournalLog: LogHandler {
    let journal: Journal
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { journal.add("log: \(event.message)") }
}
