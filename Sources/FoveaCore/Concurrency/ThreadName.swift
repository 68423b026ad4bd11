#if canImport(Glibc)
    import Glibc
#endif

/// Names of threads, as debuggers and profilers show them.
package enum ThreadName {
    /// Names the thread that calls this.
    ///
    /// Not by Foundation's `Thread.name`: on Linux that does nothing where the
    /// thread gets to it before whoever started it has gone on.
    ///
    /// - Parameter name: of at most 15 bytes, pthread_setname_np(3); what is beyond
    ///   is left out.
    package static func setCurrent(_ name: String) {
        #if canImport(Glibc)
            let name = String(decoding: name.utf8.prefix(15), as: UTF8.self)
            pthread_setname_np(pthread_self(), name)
        #endif
    }
}
