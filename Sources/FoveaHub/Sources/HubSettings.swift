import FoveaCore
package import Foundation

/// What says where models come from and where they are put.
package struct HubSettings: Sendable {
    /// The folder that holds the models.
    package var cache: URL
    /// Which sources to ask, in this order.
    package var sources: [ModelSource]
    /// The account on the hub whose exports are fetched.
    package var organization: String
    /// Which exports: a branch, a tag or a commit of the hub's repositories.
    package var revision: String
    /// Start of the hub's addresses, without a slash at its end.
    package var endpoint: String
    /// Start of the addresses of PP-OCR's files, without a slash at its end.
    package var ppocrEndpoint: String
    /// What the hub knows us by; sent to ``endpoint`` only.
    package var token: String?
    /// Whether nothing may be asked of a network.
    package var isOffline: Bool
    /// Which engines' files are fetched beside `model.onnx`.
    package var formats: ModelFormats

    /// The hub that models are published on.
    package static let standardEndpoint = "https://huggingface.co"
    /// Where RapidOCR publishes PP-OCR's models.
    package static let standardPPOCREndpoint = "https://www.modelscope.cn/models/RapidAI/RapidOCR/resolve"

    /// - Parameters:
    ///   - cache: the folder that holds the models.
    ///   - organization: of Immich's exports, `immich-app`.
    ///   - variables: the process's environment: `FOVEA_MODEL_SOURCES`,
    ///     `FOVEA_PPOCR_ENDPOINT`, and the hub's own `HF_ENDPOINT`, `HF_TOKEN`,
    ///     `HF_TOKEN_PATH`, `HF_HOME` and `HF_HUB_OFFLINE`.
    /// - Throws: ``FoveaError/Code/invalidSetting`` naming the variable that
    ///   cannot be used.
    package init(
        cache: URL, organization: String = "immich-app", revision: String = "main",
        formats: ModelFormats = ModelFormats(),
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        self.cache = cache
        self.organization = organization
        self.revision = revision
        self.formats = formats
        sources = try ModelSource.list(
            variables["FOVEA_MODEL_SOURCES"] ?? "", demo: Self.demoPack(variables))
        endpoint = try Self.address("HF_ENDPOINT", variables) ?? Self.standardEndpoint
        ppocrEndpoint = try Self.address("FOVEA_PPOCR_ENDPOINT", variables) ?? Self.standardPPOCREndpoint
        token = try HubToken.find(variables: variables)
        isOffline = ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"].contains { name in
            // The spellings that the hub's own library takes for yes.
            ["1", "on", "yes", "true"].contains(variables[name]?.lowercased() ?? "")
        }
    }

    /// Where `make setup` builds the demo models.
    private static func demoPack(_ variables: [String: String]) -> URL {
        let caches = variables["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return URL(
            filePath: (caches ?? (variables["HOME"] ?? NSHomeDirectory()) + "/.cache") + "/fovea/demo-models",
            directoryHint: .isDirectory)
    }

    private static func address(_ name: String, _ variables: [String: String]) throws -> String? {
        guard let text = variables[name]?.trimmingCharacters(in: .whitespaces), !text.isEmpty else {
            return nil
        }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host()?.isEmpty == false, url.query() == nil, url.fragment() == nil
        else {
            throw FoveaError(
                .invalidSetting,
                """
                \(name) is not the address of a web server: '\(text.prefix(200))'. It has to look like \
                https://hub.example; correct it or unset it.
                """)
        }
        return text.withoutTrailingSlashes
    }
}
