#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A system call that failed: what was tried, and why it did not work.
package struct SystemFault: Error, CustomStringConvertible {
    package let description: String
    /// `errno` after the call.
    package let number: Int32

    /// To be made right after the call, because it asks for `errno`.
    package init(_ call: String, _ path: String = "") {
        number = errno
        description = "\(call)\(path.isEmpty ? "" : " \(path)"): \(String(cString: strerror(number)))"
    }
}
