import NIOCore

/// Finds the lines that separate the parts of a multipart body.
struct DelimiterScanner {
    /// A delimiter that was found.
    struct Delimiter: Equatable {
        /// Bytes from the line end before it to the line end after it.
        var length: Int
        /// Whether it closes the body.
        var isLast: Bool
    }

    /// Blanks that may follow a boundary; with more, the line is content.
    private static let maximumPadding = 64

    /// CR LF `--` and the boundary. A boundary has no CR in it, so a match can
    /// begin nowhere inside another one.
    private let pattern: [UInt8]

    init(boundary: String) {
        pattern = Array("\r\n--\(boundary)".utf8)
    }

    /// Looks for the first delimiter.
    ///
    /// - Returns: how many of the bytes before it (or before what may turn out
    ///   to be one) are content for certain, and the delimiter where it is
    ///   complete.
    func scan(_ buffer: ByteBuffer) -> (content: Int, delimiter: Delimiter?) {
        buffer.withUnsafeReadableBytes { bytes in
            var start = 0
            while start < bytes.count {
                guard bytes[start] == UInt8(ascii: "\r") else {
                    start += 1
                    continue
                }
                switch match(UnsafeRawBufferPointer(rebasing: bytes[start...])) {
                case .content: start += 1
                case .undecided: return (start, nil)
                case .delimiter(let delimiter): return (start, delimiter)
                }
            }
            return (bytes.count, nil)
        }
    }

    private enum Match {
        case content
        case undecided
        case delimiter(Delimiter)
    }

    /// What the bytes, which begin with a CR, are.
    private func match(_ bytes: UnsafeRawBufferPointer) -> Match {
        let common = min(bytes.count, pattern.count)
        for index in 1..<max(1, common) where bytes[index] != pattern[index] { return .content }
        guard bytes.count > pattern.count else { return .undecided }

        var end = pattern.count
        if bytes[end] == UInt8(ascii: "-") {
            guard bytes.count > end + 1 else { return .undecided }
            guard bytes[end + 1] == UInt8(ascii: "-") else { return .content }
            return .delimiter(Delimiter(length: end + 2, isLast: true))
        }
        while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") {
            end += 1
        }
        guard end - pattern.count <= Self.maximumPadding else { return .content }
        guard end < bytes.count else { return .undecided }
        guard bytes[end] == UInt8(ascii: "\r") else { return .content }
        guard end + 1 < bytes.count else { return .undecided }
        guard bytes[end + 1] == UInt8(ascii: "\n") else { return .content }
        return .delimiter(Delimiter(length: end + 2, isLast: false))
    }
}
