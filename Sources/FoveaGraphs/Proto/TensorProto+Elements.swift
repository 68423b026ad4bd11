/// Where the elements of weights are, which are too many to be read at once.
extension TensorProto {
    /// How many elements the shape says; `nil` where that is no number.
    var elementCount: Int? {
        var count = 1
        for length in shape {
            guard length >= 0, let length = Int(exactly: length) else { return nil }
            let (product, overflows) = count.multipliedReportingOverflow(by: length)
            guard !overflows else { return nil }
            count = product
        }
        return count
    }

    /// The bytes of float32 elements that are in the graph's file, little-endian;
    /// `nil` where they are not in one piece.
    func floatBytes() throws -> ByteSlice? {
        guard type == ElementType.float32, !isExternal else { return nil }
        var pieces: [ByteSlice] = []
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            guard field.number == Field.raw || field.number == Field.floats else { continue }
            guard field.type == .delimited, pieces.isEmpty else { return nil }
            pieces.append(field.payload)
        }
        return pieces.first
    }

    /// Bytes that it has in another file; `nil` where it has none there, or that
    /// is not told.
    var externalByteCount: Int? {
        get throws {
            guard let external = try external() else { return nil }
            if let length = external.length { return length }
            return type == ElementType.float32 ? elementCount.map { $0 &* 4 } : nil
        }
    }

    /// A part of a file.
    struct External: Sendable, Equatable {
        /// Its name, from the graph's folder on.
        var file: String
        /// Where the part begins, in bytes.
        var offset: Int
        /// Bytes of it; `nil` where that is not said.
        var length: Int?
    }

    /// Where the elements are that are not in the graph's file; `nil` where they
    /// are.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` where the place is none.
    func external() throws -> External? {
        guard isExternal else { return nil }
        var values: [String: String] = [:]
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            guard field.number == Field.externalData, field.type == .delimited else { continue }
            let entry = try WireMessage(field.payload)
            if let key = entry.last(1)?.text { values[key] = entry.last(2)?.text ?? "" }
        }
        func number(_ key: String) throws -> Int? {
            guard let text = values[key] else { return nil }
            guard let number = Int(text), number >= 0 else { throw WireCursor.damaged }
            return number
        }
        guard let file = values["location"] else { throw WireCursor.damaged }
        return External(file: file, offset: try number("offset") ?? 0, length: try number("length"))
    }
}
