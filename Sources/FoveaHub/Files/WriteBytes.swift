#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import FoveaCore

/// Writes all bytes, from where the file stands on.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
    var rest = bytes
    while !rest.isEmpty {
        let written = write(descriptor, rest.baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { throw SystemFault("write", path) }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
}
