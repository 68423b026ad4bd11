#if canImport(Glibc)
    import Glibc
#endif

/// Names of threads, as debuggers and profilers show them.
package enum ThreadName {
    /// Names the thread that calls this.
    ///
    /// Not by Foundation's `Thread.name`: on Linux that does nothing where the
    /// thread gets to it before whoever started it has gone on. And not by
    /// pthread_setname_np(3), which Swift does not see; it writes to the same
    /// file (proc(5)).
    ///
    /// - Parameter name: of at most 15 bytes; what is beyond is left out.
    package static func setCurrent(_ name: String) {
        #if canImport(Glibc)
            let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
            guard file >= 0 else { return }
            let bytes = Array(name.utf8.prefix(15))
            _ = write(file, bytes, bytes.count)
            close(file)
        #endif
    }
}
