package import NIOCore

/// Splits a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1) into parts
/// while it arrives.
///
/// A pure state machine: ``push(_:)`` hands it bytes however they were cut,
/// ``next()`` takes events out until it has none, ``finish()`` says that the
/// body has ended. Data comes out as slices of the bytes that went in; only
/// what may be the beginning of a delimiter is held back.
///
/// ```swift
/// var parser = MultipartParser(boundary: boundary)
/// for try await chunk in body {
///     parser.push(chunk)
///     while let event = try parser.next() { … }
/// }
/// try parser.finish()
/// ```
///
/// Lines end with CR LF, as the RFC demands and the usual servers insist. What
/// comes before the first delimiter and after the last one is skipped, blanks
/// after a delimiter are allowed, and a line that only begins like a delimiter
/// is content.
package struct MultipartParser {
    /// What was found next.
    package enum Event: Equatable {
        /// A part's header has been read. Its content and ``partEnded`` follow.
        case partBegan(PartHeader)
        /// More of the part's content, never empty.
        case data(ByteBuffer)
        case partEnded
    }

    /// Why a body was refused, as a sentence for people.
    package struct Failure: Error, Equatable {
        package var reason: String
    }

    /// A part's header may have this many bytes in all.
    package static let maximumHeaderSize = 8 * 1024
    /// A part's header may have this many lines.
    package static let maximumHeaderCount = 16

    private enum State { case preamble, header, data, epilogue }

    private var state = State.preamble
    private var header = PartHeader.Builder()
    /// Bytes that are not taken out yet.
    private var buffer: ByteBuffer
    /// How many of them were looked at without finding a line's end.
    private var scanned = 0
    private let scanner: DelimiterScanner

    /// - Parameter boundary: the content type's parameter, without quotes.
    package init(boundary: String) {
        scanner = DelimiterScanner(boundary: boundary)
        // The first delimiter may stand at the very beginning, where no line
        // end precedes it; this one lets it be found like all others.
        buffer = ByteBuffer(string: "\r\n")
    }

    /// Takes the next bytes of the body.
    package mutating func push(_ chunk: ByteBuffer) {
        if state == .epilogue { return }
        if buffer.readableBytes == 0 {
            buffer = chunk
        } else {
            buffer.writeImmutableBuffer(chunk)
        }
    }

    /// The next event, or `nil` where that takes more bytes.
    package mutating func next() throws(Failure) -> Event? {
        while true {
            switch state {
            case .preamble:
                guard let delimiter = skipPreamble() else { return nil }
                goOn(behind: delimiter)
            case .header:
                guard let line = try headerLine() else { return nil }
                if line.isEmpty {
                    state = .data
                    defer { header = PartHeader.Builder() }
                    return .partBegan(header.build())
                }
                try header.add(line: line)
            case .data: return readData()
            case .epilogue: return nil
            }
        }
    }

    /// Says that no more bytes will come.
    ///
    /// - Throws: where the closing delimiter is missing.
    package func finish() throws(Failure) {
        switch state {
        case .epilogue: return
        case .preamble:
            throw Failure(
                reason: "The multipart body has no part: its boundary was not found at the start of any line."
            )
        case .header, .data:
            throw Failure(reason: "The multipart body ends before its closing boundary.")
        }
    }
}

extension MultipartParser {
    private mutating func goOn(behind delimiter: DelimiterScanner.Delimiter) {
        buffer.moveReaderIndex(forwardBy: delimiter.length)
        if delimiter.isLast {
            state = .epilogue
            buffer = ByteBuffer()
        } else {
            state = .header
        }
    }

    private mutating func skipPreamble() -> DelimiterScanner.Delimiter? {
        let (content, delimiter) = scanner.scan(buffer)
        buffer.moveReaderIndex(forwardBy: content)
        return delimiter
    }

    private mutating func readData() -> Event? {
        let (content, delimiter) = scanner.scan(buffer)
        if content > 0 { return buffer.readSlice(length: content).map(Event.data) }
        guard let delimiter else { return nil }
        goOn(behind: delimiter)
        return .partEnded
    }

    /// A line of a part's header without its CR LF, or `nil` where its end has
    /// not come yet.
    private mutating func headerLine() throws(Failure) -> String? {
        let view = buffer.readableBytesView.dropFirst(scanned)
        let room = Self.maximumHeaderSize - header.size
        guard let end = view.firstIndex(of: UInt8(ascii: "\n")) else {
            scanned = buffer.readableBytes
            if scanned > room { throw Self.oversizedHeader }
            return nil
        }
        let length = end - buffer.readerIndex
        guard length + 1 <= room else { throw Self.oversizedHeader }
        let line = buffer.readSlice(length: length)
        buffer.moveReaderIndex(forwardBy: 1)
        scanned = 0
        guard let line, line.readableBytesView.last == UInt8(ascii: "\r") else {
            throw Failure(reason: "A line of a multipart header ends with LF alone: end it with CR LF.")
        }
        return String(decoding: line.readableBytesView.dropLast(), as: UTF8.self)
    }

    private static let oversizedHeader = Failure(
        reason: "The header of a multipart part is longer than \(maximumHeaderSize) bytes.")
}

extension MultipartParser {
    /// Bytes that were pushed and are not taken out yet.
    package var bufferedBytes: Int { buffer.readableBytes }
}
