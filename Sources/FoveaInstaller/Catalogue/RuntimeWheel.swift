/// A pinned file of the Python Package Index, and what to keep of it.
public struct RuntimeWheel: Sendable, Hashable {
    /// The file's name, which says version and platform.
    public let name: String
    /// Where it lies on the host for packages: `ab/cd/…`, as the index says.
    public let folder: String
    /// The SHA-256 of the file: 64 lower-case hexadecimal digits.
    public let sha256: String
    /// The size of the file.
    public let bytes: Int
    /// The size of what is kept of it, unpacked.
    public let unpackedBytes: Int
    /// What is kept, beside the licences.
    public let kept: [KeptMember]

    package init(
        _ name: String, folder: String, sha256: String, bytes: Int, unpacked: Int, keep kept: [KeptMember]
    ) {
        self.name = name
        self.folder = folder
        self.sha256 = sha256
        self.bytes = bytes
        self.unpackedBytes = unpacked
        self.kept = kept
    }

    /// The file's path on the host for packages, without a slash in front.
    public var path: String { "packages/\(folder)/\(name)" }
}

/// Members of a wheel that are installed at the top of the package's folder.
public struct KeptMember: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The members' paths in the wheel; `*` stands for any letters but `/`.
    public let pattern: String
    /// What the file is called in the folder; its name in the wheel if `nil`.
    /// With a name, exactly one member may match.
    public let installedName: String?
    /// Another name for the file, which becomes a symbolic link.
    public let link: String?

    /// - Parameters:
    ///   - pattern: the members' paths in the wheel.
    ///   - installedName: see the property.
    ///   - link: see the property.
    public init(_ pattern: String, as installedName: String? = nil, link: String? = nil) {
        self.pattern = pattern
        self.installedName = installedName
        self.link = link
    }

    /// Members that keep their names.
    public init(stringLiteral pattern: String) {
        self.init(pattern)
    }
}
