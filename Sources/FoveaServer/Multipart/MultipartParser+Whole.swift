import NIOCore

extension MultipartParser {
    /// A part with all of its content.
    package struct Part: Equatable {
        package var header: PartHeader
        package var content: [UInt8]

        package init(header: PartHeader, content: [UInt8]) {
            self.header = header
            self.content = content
        }
    }

    /// Parses a body that is in memory as a whole: what fuzzing and tests call.
    ///
    /// - Parameter cuts: offsets at which to cut the body before it is pushed.
    package static func parts(
        of body: [UInt8], boundary: String, cutAt cuts: [Int] = []
    ) -> Result<[Part], Failure> {
        Result { () throws(Failure) in
            var parser = MultipartParser(boundary: boundary)
            var parts: [Part] = []
            var start = 0
            for end in cuts.sorted() + [body.count] {
                parser.push(ByteBuffer(bytes: body[start..<end]))
                start = end
                while let event = try parser.next() {
                    switch event {
                    case .partBegan(let header): parts.append(Part(header: header, content: []))
                    case .data(let data): parts[parts.count - 1].content += data.readableBytesView
                    case .partEnded: break
                    }
                }
            }
            try parser.finish()
            return parts
        }
    }
}
