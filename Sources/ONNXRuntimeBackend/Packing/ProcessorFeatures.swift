import Foundation

/// What kernels are chosen by: the processor's instruction sets.
package enum ProcessorFeatures {
    /// One text for processors that run the same kernels; empty where the
    /// system does not tell.
    package static let current = text(
        of: (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "")

    /// - Parameter cpuinfo: as Linux has it: `flags` on x86, `Features` on Arm,
    ///   the same for each core but for the order.
    package static func text(of cpuinfo: String) -> String {
        for line in cpuinfo.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let name = parts.first?.trimmingCharacters(in: .whitespaces)
            guard parts.count == 2, name == "flags" || name == "Features" else { continue }
            return parts[1].split(separator: " ").sorted().joined(separator: " ")
        }
        return ""
    }
}
