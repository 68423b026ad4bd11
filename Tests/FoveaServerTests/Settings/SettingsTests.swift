import FoveaCore
import FoveaServer
import Foundation
import Logging
import Testing

@Suite struct SettingsTests {
    @Test func defaults() throws {
        let settings = try Settings(environment: ["HOME": "/home/a"])
        #expect(settings.address == ListenAddress(host: "::", port: 3003))
        #expect(settings.address.description == "[::]:3003")
        #expect(settings.keepAlive == .seconds(65))
        #expect(settings.readTimeout == .seconds(60))
        #expect(settings.limits == Limits())
        #expect(settings.limits.imagePixels == 178_956_970)
        #expect(settings.cacheFolder.path == "/home/a/.cache/immich_ml")
        #expect(settings.modelRevision == "main")
        #expect(settings.modelOrganization == "immich-app")
        #expect(settings.modelTimeToLive == .seconds(300))
        #expect(settings.modelSweepInterval == .seconds(10))
        #expect(settings.preload.isEmpty)
        #expect(settings.preloadMaxResolution == 736)
        #expect(settings.faceBatchSize == 4)
        #expect(settings.textBatchSize == 6)
        #expect(settings.requestThreads == ProcessInfo.processInfo.activeProcessorCount)
        #expect(settings.interOpThreads == 0)
        #expect(settings.intraOpThreads == 0)
        #expect(settings.usesArena == nil)
        #expect(settings.packsWeights)
        #expect(settings.sharedBatchSize == 16)
        #expect(settings.workers == 1)
        #expect(settings.places.isEmpty)
        #expect(settings.deviceIDs.isEmpty)
        #expect(settings.deviceID == "0")
        #expect(settings.slotCapacity == 0)
        #expect(settings.pictureDecoding == .exact)
        #expect(settings.memoryBudget == nil)
        #expect(settings.modelRules.isEmpty)
        #expect(settings.limits.workerBytes == nil)
        #expect(!settings.rejectsOverload)
        #expect(settings.shutdownTimeout == .seconds(10))
        #expect(settings.workerTimeout == .seconds(300))
        #expect(settings.logLevel == .info)
        #expect(settings.logFormat == .text)
        #expect(settings.usesColor)
        #expect(settings.entries.allSatisfy { $0.source == .standard && !$0.meaning.isEmpty })
    }

    @Test func everyVariableIsRead() throws {
        let environment = [
            "IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": "8080", "IMMICH_LOG_LEVEL": "verbose", "NO_COLOR": "1",
            "MACHINE_LEARNING_CACHE_FOLDER": "~/models", "MACHINE_LEARNING_MODEL_TTL": "0",
            "MACHINE_LEARNING_MODEL_TTL_POLL_S": "-1", "MACHINE_LEARNING_WORKERS": "2",
            "MACHINE_LEARNING_WORKER_TIMEOUT": "120", "MACHINE_LEARNING_HTTP_KEEPALIVE_TIMEOUT_S": "2",
            "MACHINE_LEARNING_REQUEST_THREADS": "7", "MACHINE_LEARNING_MODEL_INTER_OP_THREADS": "1",
            "MACHINE_LEARNING_MODEL_INTRA_OP_THREADS": "3", "MACHINE_LEARNING_MODEL_ARENA": "off",
            "MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL": "a, b ,",
            "MACHINE_LEARNING_PRELOAD__CLIP__VISUAL": "a",
            "MACHINE_LEARNING_PRELOAD__FACIAL_RECOGNITION__DETECTION": "f",
            "MACHINE_LEARNING_PRELOAD__FACIAL_RECOGNITION__RECOGNITION": "f",
            "MACHINE_LEARNING_PRELOAD__OCR__DETECTION": "o",
            "MACHINE_LEARNING_PRELOAD__OCR__RECOGNITION": "x/o",
            "MACHINE_LEARNING_PRELOAD__OCR__MAX_RESOLUTION": "960",
            "MACHINE_LEARNING_MAX_BATCH_SIZE__FACIAL_RECOGNITION": "8",
            "MACHINE_LEARNING_MAX_BATCH_SIZE__OCR": "9", "FOVEA_MAX_BATCH_SIZE": "5",
            "FOVEA_PACK_WEIGHTS": "no", "FOVEA_QUANTIZE": "INT8", "FOVEA_TEXT_CACHE_BYTES": "77",
            "MACHINE_LEARNING_MODEL_REVISION": "v2", "MACHINE_LEARNING_MODEL_ORGANIZATION": "immich-testing",
            "FOVEA_READ_TIMEOUT_S": "5", "FOVEA_MAX_BODY_BYTES": "10", "FOVEA_MAX_IMAGE_BYTES": "9",
            "FOVEA_MAX_IMAGE_PIXELS": "8", "FOVEA_MAX_ENTRIES_BYTES": "7", "FOVEA_MAX_TEXT_BYTES": "6",
            "FOVEA_MAX_HEADER_BYTES": "2048", "FOVEA_MAX_CONNECTIONS": "4", "FOVEA_QUEUE_REQUESTS": "12",
            "FOVEA_QUEUE_BYTES": "34", "FOVEA_OVERLOAD": "reject", "FOVEA_SHUTDOWN_TIMEOUT_S": "3",
            "FOVEA_WORKER_MEMORY": "2GiB", "FOVEA_MEMORY_BUDGET": "1GiB", "FOVEA_WORKER_REQUESTS": "11",
            "MACHINE_LEARNING_DEVICE_IDS": "1, 0", "MACHINE_LEARNING_DEVICE_ID": "1",
            "MACHINE_LEARNING_ANN": "no", "MACHINE_LEARNING_ANN_FP16_TURBO": "yes",
            "MACHINE_LEARNING_ANN_TUNING_LEVEL": "3", "MACHINE_LEARNING_RKNN": "off",
            "MACHINE_LEARNING_RKNN_THREADS": "4", "MACHINE_LEARNING_OPENVINO_PRECISION": "FP16",
            "MACHINE_LEARNING_ROCM_PRECISION": "fp16",
            "FOVEA_TOKEN": "fedcba9876543210", "FOVEA_SECRET_PATH": "0123456789abcdef",
            "FOVEA_ALLOWED_NETWORKS": "10.0.0.0/8", "FOVEA_TLS_CERTIFICATE": "/c", "FOVEA_TLS_KEY": "/k",
            "FOVEA_PICTURES": "Fast", "FOVEA_LOG_FORMAT": "JSON",
            "FOVEA_MODEL_SOURCES": "/models", "HF_ENDPOINT": "http://hub", "HF_HUB_OFFLINE": "1",
            "FOVEA_PPOCR_ENDPOINT": "http://ocr", "FOVEA_DISK_BUDGET": "9GiB",
            "FOVEA_CONFIG": try configurationFile("devices: [cpu, cpu, cpu]"),
            "FOVEA_SERVICE_TOKEN": "t0ken", "FOVEA_SERVICE_CA": "/ca.pem",
        ]
        defer { environment["FOVEA_CONFIG"].map { try? FileManager.default.removeItem(atPath: $0) } }
        for names in [environment, environment.lowercasedKeys] {
            let settings = try Settings(environment: names.merging(["HOME": "/home/a"]) { $1 })
            #expect(settings.address == ListenAddress(host: "127.0.0.1", port: 8080))
            #expect(
                settings.access
                    == AccessRules(
                        tokens: [Secret("fedcba9876543210")], secretPath: Secret("0123456789abcdef"),
                        networks: [ClientNetwork("10.0.0.0/8")].compactMap(\.self)))
            #expect(settings.tls == TLSFiles(certificate: "/c", key: "/k"))
            #expect(settings.logLevel == .debug)
            #expect(settings.logFormat == .json)
            #expect(!settings.usesColor)
            #expect(settings.cacheFolder.path == "/home/a/models")
            #expect(settings.modelTimeToLive == nil)
            #expect(settings.modelSweepInterval == nil)
            #expect(settings.workers == 2)
            #expect(settings.workerTimeout == .seconds(120))
            #expect(settings.keepAlive == .seconds(2))
            #expect(settings.requestThreads == 7)
            #expect(settings.pictureDecoding == .fast)
            #expect(settings.interOpThreads == 1)
            #expect(settings.intraOpThreads == 3)
            #expect(settings.usesArena == false)
            #expect(
                settings.preload == [
                    ModelID(.clip, .textual, name: "a"), ModelID(.clip, .textual, name: "b"),
                    ModelID(.clip, .visual, name: "a"), ModelID(.facialRecognition, .detection, name: "f"),
                    ModelID(.facialRecognition, .recognition, name: "f"),
                    ModelID(.ocr, .detection, name: "o"),
                    ModelID(.ocr, .recognition, name: "o"),
                ])
            #expect(settings.preloadMaxResolution == 960)
            #expect(settings.faceBatchSize == 8)
            #expect(settings.textBatchSize == 9)
            #expect(settings.sharedBatchSize == 5)
            #expect(!settings.packsWeights)
            #expect(settings.quantizes)
            #expect(settings.textCacheBytes == 77)
            #expect(settings.modelRevision == "v2")
            #expect(settings.modelOrganization == "immich-testing")
            #expect(settings.readTimeout == .seconds(5))
            #expect(
                settings.limits
                    == Limits(
                        bodyBytes: 10, imageBytes: 9, imagePixels: 8, entriesBytes: 7, textBytes: 6,
                        headerBytes: 2048, connections: 4, queueRequests: 12, queueBytes: 34,
                        workerBytes: 2 << 30))
            #expect(settings.rejectsOverload)
            #expect(settings.shutdownTimeout == .seconds(3))
            #expect(settings.memoryBudget == 1 << 30)
            #expect(settings.slotCapacity == 11)
            #expect(settings.deviceIDs == ["1", "0"])
            #expect(settings.deviceID == "1")
            #expect(settings.places == [.device(.cpu), .device(.cpu), .device(.cpu)])
            #expect(settings.services.token == "t0ken")
            #expect(settings.services.authorities == "/ca.pem")
            #expect(!settings.accelerators.usesArmNN)
            #expect(settings.accelerators.armNNFP16Turbo)
            #expect(settings.accelerators.armNNTuningLevel == 3)
            #expect(!settings.accelerators.usesRKNN)
            #expect(settings.accelerators.rknnThreads == 4)
            #expect(settings.accelerators.openVINOPrecision == .fp16)
            #expect(settings.accelerators.rocmPrecision == .fp16)
            #expect(settings.entries.allSatisfy { $0.source == .environment })
            #expect(Set(settings.entries.map(\.name)) == Set(environment.keys))
        }
    }

    @Test(arguments: [
        ("IMMICH_PORT", "abc"), ("IMMICH_PORT", "65536"), ("IMMICH_PORT", "-1"),
        ("MACHINE_LEARNING_MODEL_TTL", "abc"), ("MACHINE_LEARNING_MODEL_TTL", "1.5"),
        ("MACHINE_LEARNING_MODEL_TTL", "99999999999999999999"), ("MACHINE_LEARNING_MODEL_TTL", "nan"),
        ("MACHINE_LEARNING_MODEL_ARENA", "maybe"), ("MACHINE_LEARNING_MAX_BATCH_SIZE__OCR", "0"),
        ("MACHINE_LEARNING_MODEL_REVISION", "../x"), ("MACHINE_LEARNING_MODEL_REVISION", ".."),
        ("MACHINE_LEARNING_MODEL_ORGANIZATION", "else"), ("FOVEA_MAX_TEXT_BYTES", "1048577"),
        ("FOVEA_LOG_FORMAT", "xml"), ("FOVEA_PICTURES", "faster"), ("FOVEA_QUANTIZE", "int4"),
        ("FOVEA_MAX_BODY_BYTES", "0"),
        ("FOVEA_READ_TIMEOUT_S", "0"),
        ("MACHINE_LEARNING_HTTP_KEEPALIVE_TIMEOUT_S", "9223372036854775807"),
        ("FOVEA_QUEUE_REQUESTS", "0"), ("FOVEA_QUEUE_BYTES", "0"), ("FOVEA_OVERLOAD", "drop"),
        ("MACHINE_LEARNING_WORKERS", "0"), ("FOVEA_WORKER_REQUESTS", "-1"),
    ])
    func aBadValueStopsTheStart(_ name: String, _ value: String) {
        let error = #expect(throws: FoveaError.self) { try Settings(environment: [name: value]) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.hasPrefix("\(name) is '\(value)', but must be ") == true)
    }

    /// Units are those of memory: powers of 1024, as containers spell them.
    @Test(arguments: [
        ("2147483648", 2_147_483_648), ("1b", 1), ("500MiB", 524_288_000), ("4GiB", 4_294_967_296),
        ("4 gib", 4_294_967_296), ("4g", 4_294_967_296), ("4G", 4_294_967_296), ("1.5k", 1536),
        ("1KiB", 1024), ("0.5MiB", 524_288), ("2t", 2_199_023_255_552), ("1TiB", 1_099_511_627_776),
        ("500MB", 524_288_000), ("4 gb", 4_294_967_296),
    ])
    func bytesMayHaveAUnit(_ text: String, _ bytes: Int) throws {
        #expect(try Settings(environment: ["FOVEA_WORKER_MEMORY": text]).limits.workerBytes == bytes)
        #expect(try Settings(environment: ["FOVEA_MEMORY_BUDGET": text]).memoryBudget == bytes)
    }

    @Test(arguments: [
        "0", "-1", "0.1", "GiB", "4 apples", "4GiBs", "1e9", "1,5g", "1..5g", ".", "٤g", "999999999t",
        "4gbit",
        "0x10", "inf", "nan", "4g4",
    ])
    func whatIsNoNumberOfBytesStopsTheStart(_ text: String) {
        let error = #expect(throws: FoveaError.self) {
            try Settings(environment: ["FOVEA_WORKER_MEMORY": text])
        }
        #expect(
            error?.message
                == "FOVEA_WORKER_MEMORY is '\(text)', but must be a number of bytes, such as 500MiB or 4GiB: "
                + "correct it or unset it.")
    }

    @Test func aWorkerIsToldWhatOptionsSay() throws {
        let settings = try Settings(
            environment: ["IMMICH_PORT": "1", "HOME": "/h"],
            options: ["IMMICH_PORT": "2", "MACHINE_LEARNING_CACHE_FOLDER": "/c"])
        #expect(settings.givenByOptions == ["IMMICH_PORT": "2", "MACHINE_LEARNING_CACHE_FOLDER": "/c"])
    }

    /// - Returns: the path of a new file.
    private func configurationFile(_ text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(
            component: "fovea-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test(arguments: [
        ("true", true), ("True", true), ("1", true), ("yes", true), ("on", true), ("false", false),
        ("FALSE", false),
        ("0", false), ("no", false), (" off ", false),
    ])
    func truthHasManySpellings(_ text: String, _ value: Bool) throws {
        #expect(try Settings(environment: ["MACHINE_LEARNING_MODEL_ARENA": text]).usesArena == value)
    }

    @Test func anEmptyVariableIsNotSet() throws {
        let settings = try Settings(environment: [
            "IMMICH_PORT": "", "MACHINE_LEARNING_MODEL_TTL": "  ", "MACHINE_LEARNING_CACHE_FOLDER": "",
            "HOME": "/h",
        ])
        #expect(settings.address.port == 3003)
        #expect(settings.modelTimeToLive == .seconds(300))
        #expect(settings.cacheFolder.path == "/h/.cache/immich_ml")
    }

    @Test(arguments: [
        ("[::]", "::", "[::]:1"), ("::1", "::1", "[::1]:1"), ("0.0.0.0", "0.0.0.0", "0.0.0.0:1"),
        ("ml", "ml", "ml:1"),
    ])
    func hostsMayHaveBrackets(_ text: String, _ host: String, _ description: String) {
        let address = ListenAddress(host: text, port: 1)
        #expect(address.host == host)
        #expect(address.description == description)
    }

    @Test(arguments: [
        ("critical", Logger.Level.error), ("ERROR", .error), ("warning", .warning), ("warn", .warning),
        ("info", .info),
        ("log", .info), ("debug", .debug), ("verbose", .debug), ("whatever", .info),
    ])
    func logLevelsAreImmichs(_ name: String, _ level: Logger.Level) throws {
        #expect(try Settings(environment: ["IMMICH_LOG_LEVEL": name]).logLevel == level)
    }

    @Test func threadsAreNeeded() throws {
        #expect(try Settings(environment: ["MACHINE_LEARNING_REQUEST_THREADS": "0"]).requestThreads == 1)
    }

    @Test func aROCmMachineHasMorePatience() throws {
        #expect(try Settings(environment: ["DEVICE": "rocm"]).workerTimeout == .seconds(900))
    }
}

extension [String: String] {
    fileprivate var lowercasedKeys: [String: String] {
        Dictionary(uniqueKeysWithValues: map { ($0.key.lowercased(), $0.value) })
    }
}
