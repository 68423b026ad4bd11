import FoveaCore
package import FoveaServer
package import NIOCore

/// A call as the form of a `/predict` request.
package struct MultipartForm {
    package let contentType: String
    package let body: ByteBuffer

    package init(_ call: PredictionCall) {
        // Sixteen random bytes: content that holds them by chance is not to be met.
        let boundary = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(
            separator: "-")
        contentType = "multipart/form-data; boundary=\(boundary)"
        let size =
            switch call.request.payload {
            case .image(let bytes): bytes.count
            case .text(let text): text.utf8.count
            }
        var body = ByteBuffer()
        body.reserveCapacity(size + call.entries.count + 512)
        body.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"entries\"\r\n\r\n")
        body.writeBytes(call.entries)
        switch call.request.payload {
        case .image(let bytes):
            body.writeString(
                "\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"image\"; filename=\"blob\"\r\n\r\n"
            )
            body.writeBytes(bytes)
        case .text(let text):
            body.writeString("\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n")
            body.writeString(text)
        }
        body.writeString("\r\n--\(boundary)--\r\n")
        self.body = body
    }
}
