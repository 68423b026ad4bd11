import Foundation

/// How much of the processor this process may use.
package enum ProcessorShare {
    /// Cores that it may keep busy: those it may run on, or fewer where its
    /// control group, or one above it, has a quota, as `docker run --cpus=2` and
    /// systemd's `CPUQuota=` set. At least 1.
    ///
    /// Threads beyond a quota do harm: once they have used it up together, all
    /// stand still until the next period.
    package static let cores: Int = {
        cores(active: ProcessInfo.processInfo.activeProcessorCount) {
            try? String(contentsOfFile: $0, encoding: .utf8)
        }
    }()

    /// - Parameter read: the text of a file; `nil` where there is none.
    package static func cores(active: Int, read: (String) -> String?) -> Int {
        let folders = ControlGroup.folders(of: "cpu", membership: read("/proc/self/cgroup") ?? "")
        let quotas = folders.compactMap { folder -> Double? in
            guard folder.version == 1 else { return read("\(folder.path)/cpu.max").flatMap(quota(cgroup2:)) }
            guard let time = read("\(folder.path)/cpu.cfs_quota_us"),
                let period = read("\(folder.path)/cpu.cfs_period_us")
            else { return nil }
            return quota(microseconds: time, period: period)
        }
        return cores(active: active, quota: quotas.min())
    }

    package static func cores(active: Int, quota: Double?) -> Int {
        guard let quota else { return max(1, active) }
        // A part of a core is worth a thread.
        return max(1, min(active, Int(quota.rounded(.up))))
    }

    /// Cores' worth of time that `cpu.max` of a control group grants (Linux,
    /// cgroup-v2.rst): `200000 100000` is two; `max 100000` is no limit.
    package static func quota(cgroup2 text: String) -> Double? {
        let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 2 else { return nil }
        return quota(microseconds: fields[0], period: fields[1])
    }

    /// The same from the two files of version 1, where −1 is no limit.
    package static func quota(microseconds: String, period: String) -> Double? {
        guard let time = Double(microseconds.trimmingCharacters(in: .whitespacesAndNewlines)),
            let period = Double(period.trimmingCharacters(in: .whitespacesAndNewlines)), time > 0,
            period > 0, (time / period).isFinite, time / period < 1e6
        else { return nil }
        return time / period
    }
}
