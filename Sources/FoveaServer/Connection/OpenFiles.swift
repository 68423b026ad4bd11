import Foundation

/// What the system allows a process to have open.
enum OpenFiles {
    /// Left for models, logs and the runtime.
    private static let reserve = 64

    /// How many connections may be open: `limit`, or fewer where the process
    /// may not have so many files open.
    static func connections(atMost limit: Int) -> Int {
        var allowed = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &allowed) == 0 else { return limit }
        let wanted = rlim_t(limit + reserve)
        if allowed.rlim_cur < wanted, allowed.rlim_cur < allowed.rlim_max {
            // A process may raise its own limit up to the hard one.
            var raised = allowed
            raised.rlim_cur = min(allowed.rlim_max, wanted)
            if setrlimit(resource, &raised) == 0 { allowed = raised }
        }
        return max(1, min(limit, Int(clamping: allowed.rlim_cur) - reserve))
    }
}
