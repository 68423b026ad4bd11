package import NIOCore

/// Reads a form while its body arrives, whichever of the two encodings it has.
package struct FormReader {
    private enum Encoding {
        case multipart(MultipartParser)
        case urlEncoded(ByteBuffer)
        /// Not a form. Its body is counted and dropped; it has no fields.
        case unknown
    }

    /// A percent-encoded byte takes three, and both texts may be at their limit.
    private static let maximumURLEncodedSize = 7 * Limits.fieldBytes
    /// Longer boundaries than the RFC's 70 characters are met, but not by much.
    private static let maximumBoundarySize = 200

    private let limits: Limits
    private let expectedBytes: Int?
    private var received = 0
    private var encoding: Encoding
    private var collector: FormCollector

    /// - Parameters:
    ///   - contentType: the request's header.
    ///   - contentLength: the request's header; `nil` where the body is chunked.
    /// - Throws: where the headers are enough to refuse the request.
    package init(contentType: String?, contentLength: Int?, limits: Limits) throws(HTTPProblem) {
        if let contentLength, contentLength > limits.bodyBytes {
            throw .bodyTooLarge(limit: limits.bodyBytes)
        }
        self.limits = limits
        expectedBytes = contentLength
        collector = FormCollector(limits: limits)

        let type = HeaderParameters(contentType ?? "")
        switch type.value {
        case "multipart/form-data":
            guard let boundary = type["boundary"], !boundary.isEmpty else {
                throw HTTPProblem.badRequest("Missing boundary in multipart.")
            }
            guard boundary.utf8.count <= Self.maximumBoundarySize else {
                throw HTTPProblem.badRequest(
                    "The multipart boundary is longer than \(Self.maximumBoundarySize) bytes.")
            }
            encoding = .multipart(MultipartParser(boundary: boundary))
        case "application/x-www-form-urlencoded": encoding = .urlEncoded(ByteBuffer())
        default: encoding = .unknown
        }
    }

    /// Takes the next bytes of the body.
    package mutating func push(_ chunk: ByteBuffer) throws(HTTPProblem) {
        received += chunk.readableBytes
        guard received <= limits.bodyBytes else { throw .bodyTooLarge(limit: limits.bodyBytes) }
        switch encoding {
        case .unknown: return
        case .urlEncoded(var body):
            guard received <= Self.maximumURLEncodedSize else {
                throw .bodyTooLarge(limit: Self.maximumURLEncodedSize)
            }
            encoding = .unknown  // so that the buffer has one owner and grows in place
            body.writeImmutableBuffer(chunk)
            encoding = .urlEncoded(body)
        case .multipart(var parser):
            encoding = .unknown
            parser.push(chunk)
            try drain(&parser)
            encoding = .multipart(parser)
        }
    }

    /// Says that the body has ended, and answers with the form.
    package mutating func finish() throws(HTTPProblem) -> PredictionForm {
        if let expectedBytes, received < expectedBytes {
            throw HTTPProblem.badRequest("The request body ends after \(received) of \(expectedBytes) bytes.")
        }
        switch encoding {
        case .unknown: break
        case _ where received == 0: break  // A form without fields, as the reference has it.
        case .urlEncoded(let body):
            try URLEncodedForm.collect(Array(body.readableBytesView), into: &collector)
        case .multipart(let parser):
            do {
                try parser.finish()
            } catch {
                throw HTTPProblem.badRequest(error.reason)
            }
        }
        let form = collector.form
        collector = FormCollector(limits: limits)
        return form
    }

    private mutating func drain(_ parser: inout MultipartParser) throws(HTTPProblem) {
        while let event = try Self.next(&parser) {
            switch event {
            case .partBegan(let header):
                try collector.begin(
                    header, expectedBytes: (expectedBytes ?? 0) - received + parser.bufferedBytes)
            case .data(let data): try collector.append(data.readableBytesView)
            case .partEnded: collector.end()
            }
        }
    }

    private static func next(_ parser: inout MultipartParser) throws(HTTPProblem) -> MultipartParser.Event? {
        do {
            return try parser.next()
        } catch {
            throw HTTPProblem.badRequest(error.reason)
        }
    }
}
