import Foundation

/// Sizes for people.
enum ByteText {
    /// Of a file or a download: `351 MB`, in powers of ten, as hubs write them.
    static func file(_ bytes: Int) -> String { Int64(bytes).formatted(.byteCount(style: .file)) }

    /// Of memory: `3.8 GiB`.
    static func memory(_ bytes: Int) -> String { String(format: "%.1f GiB", Double(bytes) / Double(1 << 30)) }
}
