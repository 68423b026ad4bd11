/// Reads one component's fields, and says where it was if they are wrong.
struct ComponentReader {
    let value: JSONValue
    /// The component's path in the file.
    let path: String

    init(_ value: JSONValue, _ path: String) {
        self.value = value
        self.path = path
    }

    func fault(_ problem: String) -> TokenizerFault {
        TokenizerFault(path, problem)
    }

    /// The component's `type`.
    func type() throws -> String {
        guard value.kind == .object else { throw fault("is not an object") }
        guard let type = value["type"]?.string else { throw fault("has no type") }
        return type
    }

    func unknownType(_ type: String) -> TokenizerFault {
        fault("is of type \"\(type)\", which is not supported")
    }

    /// A field that may be missing or null.
    func optional(_ key: String) -> JSONValue? {
        guard let field = value[key], !field.isNull else { return nil }
        return field
    }

    func required(_ key: String) throws -> JSONValue {
        guard let field = optional(key) else { throw fault("has no \(key)") }
        return field
    }

    func bool(_ key: String) throws -> Bool {
        guard let bool = try required(key).bool else { throw fault("has a \(key) that is not a boolean") }
        return bool
    }

    func bool(_ key: String, default standard: Bool) throws -> Bool {
        optional(key) == nil ? standard : try bool(key)
    }

    func string(_ key: String) throws -> String {
        guard let string = try required(key).string else { throw fault("has a \(key) that is not a string") }
        return string
    }

    func optionalString(_ key: String) throws -> String? {
        optional(key) == nil ? nil : try string(key)
    }

    func unsigned(_ key: String) throws -> UInt64 {
        guard let number = try required(key).unsigned else {
            throw fault("has a \(key) that is not a whole number ≥ 0")
        }
        return number
    }

    /// The one scalar of a string field.
    func scalar(_ key: String) throws -> Unicode.Scalar {
        let scalars = Array(try string(key).unicodeScalars)
        guard scalars.count == 1 else { throw fault("has a \(key) that is not one character") }
        return scalars[0]
    }

    /// Readers for the elements of an array field.
    func components(_ key: String) throws -> [ComponentReader] {
        guard let elements = try required(key).elements else {
            throw fault("has \(key) that are not an array")
        }
        guard elements.count <= Self.mostComponents else {
            throw fault("has more than \(Self.mostComponents) \(key)")
        }
        return elements.enumerated().map { ComponentReader($1, "\(path).\(key)[\($0)]") }
    }

    /// Real files have up to a dozen; the limit keeps a hostile file from
    /// keeping a text busy for hours.
    private static let mostComponents = 128

    /// A token id: a whole number that fits into 32 bits.
    func tokenID(_ value: JSONValue) throws -> UInt32 {
        guard let id = value.unsigned.flatMap(UInt32.init(exactly:)), id < .max else {
            throw fault("has a token id that is not a whole number from 0 to 4294967294")
        }
        return id
    }
}
