package import Foundation

/// An answer that is not 200.
package struct ServiceRefusal: Error, Sendable, CustomStringConvertible {
    package var status: Int
    /// Why, in the service's words.
    package var reason: String

    package init(status: Int, body: Data) {
        self.status = status
        reason = Self.reason(in: body)
    }

    package var description: String { "\(reason) (status \(status))" }

    /// The text of `{"detail": "…"}` or `{"detail": [{"msg": "…"}, …]}`, else
    /// the start of the body.
    private static func reason(in body: Data) -> String {
        struct Message: Decodable { var msg: String }
        struct Detail<Value: Decodable>: Decodable { var detail: Value }
        let decoder = JSONDecoder()
        if let text = try? decoder.decode(Detail<String>.self, from: body).detail { return text }
        if let list = try? decoder.decode(Detail<[Message]>.self, from: body).detail, !list.isEmpty {
            return list.map(\.msg).joined(separator: "; ")
        }
        let text = String(decoding: body.prefix(200), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? "no reason given" : text
    }
}
