/// The fields of a `/predict` request as they came, however they were encoded.
package struct PredictionForm: Sendable, Equatable {
    /// A field that has to be text.
    package enum Field: Sendable, Equatable {
        case bytes([UInt8])
        /// It came as a file, which such a field must not be.
        case file

        /// The content of a field that is text.
        package var bytes: [UInt8]? {
            if case .bytes(let bytes) = self { bytes } else { nil }
        }
    }

    package var entries: Field?
    package var text: Field?
    /// The picture's file. An empty one is a picture that cannot be decoded,
    /// not a missing one.
    package var image: [UInt8]?

    package init(entries: Field? = nil, text: Field? = nil, image: [UInt8]? = nil) {
        self.entries = entries
        self.text = text
        self.image = image
    }
}
