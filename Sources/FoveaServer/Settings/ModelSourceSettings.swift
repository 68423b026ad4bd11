/// Where models come from that are not in the cache folder.
public struct ModelSourceSettings: Sendable {
    /// The sources' variables by their names, defaults where none was set.
    ///
    /// What a source's name or address has to look like is known to those who
    /// ask there.
    public var variables: [String: String]
    /// Bytes that fetched models may take together; `nil` for as many as come.
    public var diskBudget: Int?

    init(_ reader: inout SettingsReader) throws {
        variables = [:]
        let texts = [
            (
                "FOVEA_MODEL_SOURCES", "hub",
                "Where models are fetched from: hub, mirrors' addresses, folders; in order, separated by commas"
            ),
            ("HF_ENDPOINT", "https://huggingface.co", "Address of the model hub"),
            ("HF_HUB_OFFLINE", "", "1 to fetch nothing from a network"),
            (
                "FOVEA_PPOCR_ENDPOINT", "https://www.modelscope.cn/models/RapidAI/RapidOCR/resolve",
                "Address of PP-OCR's models"
            ),
        ]
        for (name, standard, meaning) in texts {
            variables[name] = reader.string(name, standard, meaning)
        }
        diskBudget = try reader.bytes(
            "FOVEA_DISK_BUDGET", "Disk space that fetched models may take together, such as 20GiB")
    }
}
