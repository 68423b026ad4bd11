package import Foundation

/// A form as browsers and Immich's server send it.
package struct MultipartForm {
    /// Separates the parts; must not occur in them.
    package let boundary: String
    private var parts = Data()

    package init(boundary: String = "fovea-demo-\(UUID().uuidString)") {
        self.boundary = boundary
    }

    /// Value of the header field `Content-Type`.
    package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// The whole body.
    package var body: Data { parts + Data("--\(boundary)--\r\n".utf8) }

    package mutating func add(_ name: String, text: String) {
        add(header: #"name="\#(name)""#, Data(text.utf8))
    }

    package mutating func add(_ name: String, file: Data) {
        add(header: "name=\"\(name)\"; filename=\"blob\"\r\nContent-Type: application/octet-stream", file)
    }

    private mutating func add(header: String, _ content: Data) {
        parts += Data("--\(boundary)\r\nContent-Disposition: form-data; \(header)\r\n\r\n".utf8)
        parts += content
        parts += Data("\r\n".utf8)
    }
}
