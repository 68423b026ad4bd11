package import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file that is read at any place; reads block.
package final class InputFile: Sendable {
    private let descriptor: Int32
    /// The file's size when it was opened.
    package let bytes: Int

    /// - Throws: `CocoaError` or `POSIXError` if it cannot be opened.
    package init(_ url: URL) throws {
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFault("open", url.path) }
        bytes = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit { close(descriptor) }

    /// Reads `count` bytes from `offset` on, or as many as there are.
    package func read(at offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
                if got < 0 && errno == EINTR { continue }
                guard got >= 0 else { throw SystemFault("read") }
                if got == 0 { return }
                filled += got
            }
        }
    }
}
