import FoveaServer

/// A request as far as ``FormReader`` sees it.
struct FormInput {
    var contentType: String?
    var contentLength: Int?
    var body: [UInt8]
}

extension FormInput {
    /// The content type up to the first line feed, then the body.
    ///
    /// - Parameter random: whether the body's length is announced; now and
    ///   then, too long a one is.
    init(_ bytes: [UInt8], _ random: inout SplitMix64) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        let header = String(decoding: bytes[..<end], as: UTF8.self)
        contentType = header.isEmpty ? nil : header
        body = Array(bytes[end...].dropFirst())
        contentLength =
            switch random.next() % 16 {
            case 0: body.count + 1
            case 1..<8: body.count
            default: nil
            }
    }

    /// The form as browsers write it.
    init(_ form: PredictionForm) {
        let boundary = Self.boundary(notIn: form)
        var body: [UInt8] = []
        func write(_ name: String, _ content: [UInt8], isFile: Bool) {
            let file = isFile ? "; filename=\"blob\"\r\nContent-Type: application/octet-stream" : ""
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n".utf8
            body += content
            body += "\r\n".utf8
        }
        func write(_ name: String, _ field: PredictionForm.Field?) {
            switch field {
            case nil: break
            case .bytes(let bytes): write(name, bytes, isFile: false)
            case .file: write(name, [], isFile: true)
            }
        }
        write("text", form.text)
        write("entries", form.entries)
        if let image = form.image { write("image", image, isFile: true) }
        // A body has to have a part; an unknown one is ignored.
        write("other", Array("\r\n--".utf8), isFile: true)
        body += "--\(boundary)--\r\n".utf8
        self.init(
            contentType: "multipart/form-data; boundary=\(boundary)", contentLength: body.count, body: body)
    }

    private static func boundary(notIn form: PredictionForm) -> String {
        var contents: [[UInt8]] = [form.image ?? []]
        for case .bytes(let bytes) in [form.text, form.entries] { contents.append(bytes) }
        var boundary = "fovea"
        while contents.contains(where: { $0.contains(boundary.utf8) }) { boundary += "-" }
        return boundary
    }
}
