import CZlib

/// Unpacks deflated data, piece by piece.
final class Inflater {
    /// The size of pieces: of what is read, and of what is handed out.
    static let pieceBytes = 256 << 10

    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer
    /// Whether the data's end has come.
    private(set) var isDone = false

    init() throws {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard fovea_inflate_init(stream) == Z_OK else {
            stream.deallocate()
            throw ZipFault("zlib does not start: there may be too little memory")
        }
        self.stream = stream
        output = .allocate(byteCount: Self.pieceBytes, alignment: 16)
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// Unpacks what `piece` completes.
    func inflate(_ piece: [UInt8], into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        var piece = piece
        try piece.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                guard !isDone else { throw ZipFault("it has bytes behind a member's end") }
                stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(output.count)
                let status = CZlib.inflate(stream, Z_NO_FLUSH)
                // "No progress" only says that all input is used up.
                guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status) else {
                    throw ZipFault("its compressed data is damaged")
                }
                isDone = status == Z_STREAM_END
                try sink(
                    UnsafeRawBufferPointer(
                        rebasing: output[..<(output.count - Int(stream.pointee.avail_out))]))
            } while stream.pointee.avail_in > 0 || (!isDone && stream.pointee.avail_out == 0)
        }
    }
}
