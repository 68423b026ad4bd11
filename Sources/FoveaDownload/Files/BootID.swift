import Foundation

/// Which run of which machine this is.
enum BootID {
    /// `nil` where the system does not tell (random(4), "/proc interfaces").
    static let current: String? = (try? Data(contentsOf: URL(filePath: "/proc/sys/kernel/random/boot_id")))
        .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
}
