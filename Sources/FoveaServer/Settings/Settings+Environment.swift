import FoveaCore
public import Foundation
import Logging

extension Settings {
    /// Reads the settings from environment variables.
    ///
    /// Names are case-insensitive, and an empty variable counts as not set.
    ///
    /// - Parameter options: values that win over the environment, under the
    ///   names of the variables they stand for.
    /// - Throws: ``FoveaError/Code/invalidSetting``, naming the variable, its
    ///   value and what is allowed.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment, options: [String: String] = [:]
    ) throws {
        var reader = SettingsReader(environment: environment, options: options)

        let host = reader.string(
            "IMMICH_HOST", "[::]", "Address to listen on; [::] is every address, IPv4 too")
        let port = try reader.integer("IMMICH_PORT", 3003, "Port to listen on", in: 0...65535)
        address = ListenAddress(host: host, port: port)
        keepAlive = .seconds(
            try reader.seconds(
                "MACHINE_LEARNING_HTTP_KEEPALIVE_TIMEOUT_S", 65, "Seconds an idle connection stays open"))
        readTimeout = .seconds(
            try reader.seconds(
                "FOVEA_READ_TIMEOUT_S", 60, "Seconds a client may pause while it sends a request",
                atLeast: 1))
        access = try AccessRules(&reader)
        tls = try TLSFiles(&reader)
        limits = try Self.limits(&reader)
        rejectsOverload =
            try reader.optional(
                "FOVEA_OVERLOAD",
                "What becomes of requests beyond the queue: they wait, or are rejected (429)",
                allowed: "wait or reject", shown: "wait"
            ) { ["wait": false, "reject": true][$0.lowercased()] } ?? false
        shutdownTimeout = .seconds(
            try reader.seconds(
                "FOVEA_SHUTDOWN_TIMEOUT_S", 10,
                "Seconds that running requests are given when the service ends"))

        let home = environment["HOME"] ?? NSHomeDirectory()
        cacheFolder = Self.folder(
            reader.string(
                "MACHINE_LEARNING_CACHE_FOLDER", "~/.cache/immich_ml", "Folder that holds the models"),
            home: home)
        modelRevision = try Self.revision(&reader)
        modelOrganization = try Self.organization(&reader)
        modelSources = try ModelSourceSettings(&reader)
        modelTimeToLive = try reader.integer(
            "MACHINE_LEARNING_MODEL_TTL", 300,
            "Seconds without a request before a model is unloaded; 0 for never"
        ).positiveSeconds
        modelSweepInterval = try reader.integer(
            "MACHINE_LEARNING_MODEL_TTL_POLL_S", 10, "Seconds between two looks for idle models; 0 for none"
        ).positiveSeconds
        preload = Self.preload(&reader)
        preloadMaxResolution = try reader.integer(
            "MACHINE_LEARNING_PRELOAD__OCR__MAX_RESOLUTION", 736,
            "maxResolution that preloaded text detection is prepared for", in: 1...Int.max)

        faceBatchSize = try reader.integer(
            "MACHINE_LEARNING_MAX_BATCH_SIZE__FACIAL_RECOGNITION", 4, "Faces recognised in one run",
            in: 1...Int.max)
        // What is no number is nothing that worked before.
        let oldBatchSize = reader.former(
            "MACHINE_LEARNING_MAX_BATCH_SIZE__TEXT_RECOGNITION",
            now: ["MACHINE_LEARNING_MAX_BATCH_SIZE__OCR"]
        ).flatMap { Int($0) }.map { max(1, $0) }
        textBatchSize = try reader.integer(
            "MACHINE_LEARNING_MAX_BATCH_SIZE__OCR", oldBatchSize ?? 6, "Lines of text recognised in one run",
            in: 1...Int.max)
        sharedBatchSize = try reader.integer(
            "FOVEA_MAX_BATCH_SIZE", 16,
            "Pictures or texts of different requests that share a run on an accelerator", in: 1...1024)
        // Without threads of its own, Immich works where it listens; one
        // thread is the nearest thing that keeps /ping quick.
        requestThreads = max(
            1,
            try reader.integer(
                "MACHINE_LEARNING_REQUEST_THREADS", ProcessorShare.cores,
                "Threads that decode and prepare pictures"))
        pictureDecoding =
            try reader.optional(
                "FOVEA_PICTURES", "exact, or fast to decode pictures for search at a part of their size",
                allowed: "exact or fast", shown: PictureDecoding.exact.rawValue
            ) { PictureDecoding(rawValue: $0.lowercased()) } ?? .exact
        interOpThreads = try reader.integer(
            "MACHINE_LEARNING_MODEL_INTER_OP_THREADS", 0,
            "Threads between operators; 0 for the engine's default",
            in: 0...1024)
        intraOpThreads = try reader.integer(
            "MACHINE_LEARNING_MODEL_INTRA_OP_THREADS", 0,
            "Threads inside an operator; 0 for the engine's default",
            in: 0...1024)
        usesArena = try reader.boolean(
            "MACHINE_LEARNING_MODEL_ARENA", "Whether the engine keeps memory between runs")
        packsWeights = try reader.boolean(
            "FOVEA_PACK_WEIGHTS", true, "Whether models are kept as they were laid out for this processor")
        quantizes =
            try reader.optional(
                "FOVEA_QUANTIZE", "int8 to run models on the processor in int8, where it answers alike",
                allowed: "off or int8", shown: "off"
            ) { ["off": false, "int8": true][$0.lowercased()] } ?? false

        memoryBudget = try reader.bytes(
            "FOVEA_MEMORY_BUDGET", "Memory that a worker's models may take together, such as 4GiB")
        let file = try Self.file(&reader, cacheFolder: cacheFolder)
        modelRules = file.models
        places = file.places
        deviceIDs = try reader.deviceIDs(
            "MACHINE_LEARNING_DEVICE_IDS", "", "Devices of the workers, in turn, separated by commas")
        deviceID = try reader.deviceIDs("MACHINE_LEARNING_DEVICE_ID", "0", "Device of this worker")
            .joined(separator: ",")
        // Immich's variable says which devices its workers take turns on. Whoever
        // names a service means all that is in the list.
        let isOfServices = deviceIDs.contains(where: ServiceAddress.isMeant)
        workers = try reader.integer(
            "MACHINE_LEARNING_WORKERS",
            max(1, places.isEmpty && isOfServices ? deviceIDs.count : places.count),
            "Worker processes", in: 1...1024)
        accelerators = try AcceleratorSettings(&reader)
        slotCapacity = try reader.integer(
            "FOVEA_WORKER_REQUESTS", 0,
            "Requests that a worker is given at a time; 0 for twice the machine's cores", in: 0...1024)
        textCacheBytes = try reader.integer(
            "FOVEA_TEXT_CACHE_BYTES", 8 << 20,
            "Bytes of answers about texts that are kept for those who ask the same again", in: 0...(1 << 32))
        let isROCm = environment["DEVICE"] == "rocm"
        workerTimeout = .seconds(
            try reader.seconds(
                "MACHINE_LEARNING_WORKER_TIMEOUT", isROCm ? 900 : 300,
                "Seconds before a silent worker is replaced"))

        services = try ServiceSettings(&reader)

        logLevel = Self.logLevel(
            reader.string("IMMICH_LOG_LEVEL", "info", "error, warn, log, debug, or verbose"))
        logFormat =
            try reader.optional(
                "FOVEA_LOG_FORMAT", "text for people, json for one JSON object a line",
                allowed: "text or json",
                shown: LogFormat.text.rawValue
            ) { LogFormat(rawValue: $0.lowercased()) } ?? .text
        usesColor = !Self.isSet(reader.string("NO_COLOR", "", "Set it to log without colours"))
        warnings = reader.warnings
        entries = reader.entries
    }

    /// The configuration file: the one that is named, which must be there, or
    /// the one in the cache folder, which need not.
    private static func file(
        _ reader: inout SettingsReader, cacheFolder: URL
    ) throws -> ConfigurationFile {
        let standard = cacheFolder.appending(component: "fovea.yaml").path
        let path = reader.string("FOVEA_CONFIG", standard, "File that says more about devices and models")
        guard path != standard || FileManager.default.fileExists(atPath: path) else {
            return ConfigurationFile()
        }
        return try ConfigurationFile(contentsOf: path)
    }

    private static func limits(_ reader: inout SettingsReader) throws -> Limits {
        let standard = Limits()
        // Below the largest Int by far, so that no sum of limits overflows.
        let bytes = 1...(1 << 40)
        return Limits(
            bodyBytes: try reader.integer(
                "FOVEA_MAX_BODY_BYTES", standard.bodyBytes, "Bytes of a request's body", in: bytes),
            imageBytes: try reader.integer(
                "FOVEA_MAX_IMAGE_BYTES", standard.imageBytes, "Bytes of an encoded picture", in: bytes),
            imagePixels: try reader.integer(
                "FOVEA_MAX_IMAGE_PIXELS", standard.imagePixels, "Width times height of a picture", in: bytes),
            entriesBytes: try reader.integer(
                "FOVEA_MAX_ENTRIES_BYTES", standard.entriesBytes, "Bytes of the field entries",
                in: 1...Limits.fieldBytes),
            textBytes: try reader.integer(
                "FOVEA_MAX_TEXT_BYTES", standard.textBytes, "Bytes of the field text",
                in: 1...Limits.fieldBytes),
            headerBytes: try reader.integer(
                "FOVEA_MAX_HEADER_BYTES", standard.headerBytes, "Bytes of a request's line and headers",
                in: 1024...(1 << 24)),
            connections: try reader.integer(
                "FOVEA_MAX_CONNECTIONS", standard.connections, "Connections open at a time", in: 1...65536),
            queueRequests: try reader.integer(
                "FOVEA_QUEUE_REQUESTS", standard.queueRequests, "Requests held at a time, waiting or running",
                in: 1...65536),
            queueBytes: try reader.integer(
                "FOVEA_QUEUE_BYTES", standard.queueBytes, "Bytes of the bodies of requests that are held",
                in: bytes),
            workerBytes: try reader.bytes(
                "FOVEA_WORKER_MEMORY", "Memory a worker may take before it is replaced, such as 4GiB"))
    }

    private static func revision(_ reader: inout SettingsReader) throws -> String {
        try reader.optional(
            "MACHINE_LEARNING_MODEL_REVISION", "Which exports of the models to use",
            allowed: "a folder's name", shown: "main"
        ) { $0.contains("/") || $0 == "." || $0 == ".." ? nil : $0 } ?? "main"
    }

    private static func organization(_ reader: inout SettingsReader) throws -> String {
        let known = ["immich-app", "immich-testing"]
        return try reader.optional(
            "MACHINE_LEARNING_MODEL_ORGANIZATION", "Whose exports of the models to fetch",
            allowed: known.joined(separator: " or "), shown: known[0]
        ) { known.contains($0) ? $0 : nil } ?? known[0]
    }

    /// The order is Immich's, and so is the order in which models are loaded.
    private static func preload(_ reader: inout SettingsReader) -> [ModelID] {
        let kinds: [(ModelTask, ModelType, String)] = [
            (.clip, .textual, "CLIP__TEXTUAL"),
            (.clip, .visual, "CLIP__VISUAL"),
            (.facialRecognition, .detection, "FACIAL_RECOGNITION__DETECTION"),
            (.facialRecognition, .recognition, "FACIAL_RECOGNITION__RECOGNITION"),
            (.ocr, .detection, "OCR__DETECTION"),
            (.ocr, .recognition, "OCR__RECOGNITION"),
        ]
        // Before there was one for each type.
        let flat = ["CLIP", "FACIAL_RECOGNITION"].reduce(into: [:]) { flat, task in
            flat[task] = reader.former(
                "MACHINE_LEARNING_PRELOAD__\(task)",
                now: kinds.map(\.2).filter { $0.hasPrefix("\(task)__") }.map {
                    "MACHINE_LEARNING_PRELOAD__\($0)"
                })
        }
        return kinds.flatMap { task, type, name in
            let names = reader.names(
                "MACHINE_LEARNING_PRELOAD__\(name)",
                "Models of \(task.rawValue) \(type.rawValue) to load at the start and keep, separated by commas"
            )
            let old = flat.first { name.hasPrefix("\($0.key)__") }?.value ?? ""
            return (names.isEmpty ? SettingsReader.names(in: old) : names)
                .map { ModelID(task, type, name: $0) }
        }
    }

    private static func folder(_ path: String, home: String) -> URL {
        let expanded = path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
        return URL(filePath: expanded, directoryHint: .isDirectory).standardizedFileURL
    }

    /// Unknown names count as `info`, as they do in Immich.
    private static func logLevel(_ name: String) -> Logger.Level {
        switch name.lowercased() {
        case "critical", "error", "fatal": .error
        case "warning", "warn": .warning
        case "debug", "verbose": .debug
        default: .info
        }
    }

    private static func isSet(_ value: String) -> Bool {
        !["", "0", "false", "no", "off"].contains(value.lowercased())
    }
}

extension SettingsReader {
    /// Up to ten years, so that adding it to any moment stays in range.
    fileprivate mutating func seconds(
        _ name: String, _ standard: Int, _ meaning: String, atLeast minimum: Int = 0
    ) throws -> Int {
        try integer(name, standard, meaning, in: minimum...315_360_000)
    }
}

extension Int {
    fileprivate var positiveSeconds: Duration? {
        self > 0 ? .seconds(Swift.min(self, 315_360_000)) : nil
    }
}
