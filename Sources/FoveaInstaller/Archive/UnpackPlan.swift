#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which members of a wheel go where. Pure.
package struct UnpackPlan: Sendable {
    /// One file to write.
    package struct Item: Sendable, Hashable {
        package var entry: ZipEntry
        /// Below the package's folder.
        package var destination: String
        /// Another name in the same folder, as a symbolic link.
        package var link: String?
    }

    package private(set) var items: [Item] = []

    /// - Throws: ``ZipFault`` if the members are not those that the catalogue
    ///   expects, by name or by size.
    package init(_ entries: [ZipEntry], of wheel: RuntimeWheel) throws {
        let files = entries.filter { !$0.isFolder }
        var used: Set<String> = []
        for kept in wheel.kept {
            let matches = files.filter { Self.matches(kept.pattern, $0.path) }
            guard !matches.isEmpty, kept.installedName == nil || matches.count == 1 else {
                throw ZipFault("\(matches.count) of its members are \(kept.pattern)")
            }
            for entry in matches where used.insert(entry.path).inserted {
                items.append(
                    Item(entry: entry, destination: kept.installedName ?? entry.name, link: kept.link))
            }
        }
        for entry in files where !used.contains(entry.path) && Self.isLicence(entry) {
            items.append(Item(entry: entry, destination: "licences/\(entry.path)"))
        }
        try check(against: wheel)
    }

    /// Bytes of all the files.
    package var bytes: Int { items.reduce(0) { $0 + $1.entry.bytes } }

    private func check(against wheel: RuntimeWheel) throws {
        var names: Set<String> = []
        for name in items.flatMap({ [$0.destination, $0.link].compactMap(\.self) }) {
            guard names.insert(name).inserted else {
                throw ZipFault("two of its members would be installed as \(name)")
            }
        }
        guard bytes == wheel.unpackedBytes else {
            throw ZipFault("what is kept of it has \(bytes) bytes instead of \(wheel.unpackedBytes)")
        }
    }

    private static func isLicence(_ entry: ZipEntry) -> Bool {
        RuntimeCatalogue.licences.contains { matches($0, entry.name) }
    }

    private static func matches(_ pattern: String, _ path: String) -> Bool {
        fnmatch(pattern, path, FNM_PATHNAME) == 0
    }
}
