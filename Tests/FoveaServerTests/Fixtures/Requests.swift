import Foundation

/// HTTP requests as text, and the answers taken apart.
enum Requests {
    static let visual = #"{"clip":{"visual":{"modelName":"m"}}}"#
    static let textual = #"{"clip":{"textual":{"modelName":"m"}}}"#

    /// A form of texts and, where a file name is given, files.
    static func form(_ fields: (name: String, content: String, file: String?)...) -> String {
        fields.map { field in
            let file = field.file.map { "; filename=\"\($0)\"" } ?? ""
            return
                "--b\r\nContent-Disposition: form-data; name=\"\(field.name)\"\(file)\r\n\r\n\(field.content)\r\n"
        }.joined() + "--b--\r\n"
    }

    static func text(_ text: String) -> String { form(("entries", textual, nil), ("text", text, nil)) }

    static func image(_ bytes: String) -> String { form(("entries", visual, nil), ("image", bytes, "a.jpg")) }

    /// A request to `/predict`; the connection ends with the answer unless
    /// `keepAlive` is set.
    static func predict(
        _ body: String, type: String = "multipart/form-data; boundary=b", length: String? = nil,
        headers: String = "", keepAlive: Bool = false
    ) -> String {
        """
        POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\n\
        Content-Length: \(length ?? String(body.utf8.count))\r\n\(headers)\
        \(keepAlive ? "" : "Connection: close\r\n")\r\n\(body)
        """
    }

    static func get(_ path: String, method: String = "GET", headers: String = "Connection: close\r\n")
        -> String
    {
        "\(method) \(path) HTTP/1.1\r\nHost: x\r\n\(headers)\r\n"
    }
}

/// An HTTP answer as it came.
struct Reply {
    let text: String

    init(_ text: String) { self.text = text }

    var status: Int { Int(text.dropFirst("HTTP/1.1 ".count).prefix(3)) ?? 0 }

    var body: String { text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? "" }

    func header(_ name: String) -> String? {
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false).dropFirst() {
            if line.isEmpty { return nil }
            let halves = line.split(separator: ":", maxSplits: 1)
            if halves.count == 2, halves[0].lowercased() == name {
                return String(halves[1].drop(while: \.isWhitespace))
            }
        }
        return nil
    }
}
