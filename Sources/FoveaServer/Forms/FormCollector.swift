/// Takes a form's parts one by one, keeps what the contract knows, drops the
/// rest unread, and enforces the limits. Where a field is repeated, the last
/// one counts.
package struct FormCollector {
    /// What has been collected.
    package private(set) var form = PredictionForm()

    private let limits: Limits
    private var fields = 0
    private var files = 0
    private var current = Current(kind: .ignored, isFile: true)

    private struct Current {
        enum Kind { case entries, text, image, ignored }
        var kind: Kind
        var isFile: Bool
        var content: [UInt8] = []
        /// Bytes seen, kept or not.
        var size = 0
    }

    package init(limits: Limits) { self.limits = limits }

    /// A new field begins.
    ///
    /// - Parameter expectedBytes: how many bytes may still come, so that a
    ///   picture's memory is allocated once. Only a hint.
    package mutating func begin(_ header: PartHeader, expectedBytes: Int = 0) throws(HTTPProblem) {
        guard let name = header.name else {
            throw HTTPProblem.badRequest(#"The Content-Disposition header field "name" must be provided."#)
        }
        if header.isFile { files += 1 } else { fields += 1 }
        if files > Limits.formFields || fields > Limits.formFields {
            let what = header.isFile ? "files" : "fields"
            throw HTTPProblem.badRequest(
                "Too many \(what). Maximum number of \(what) is \(Limits.formFields).")
        }
        let kind: Current.Kind =
            switch name {
            case "entries": .entries
            case "text": .text
            case "image": .image
            default: .ignored
            }
        current = Current(kind: kind, isFile: header.isFile)
        if kind == .image {
            form.image = nil
            current.content.reserveCapacity(max(0, min(expectedBytes, limits.imageBytes)))
        }
    }

    /// More of the current field's content.
    package mutating func append(_ bytes: some Collection<UInt8>) throws(HTTPProblem) {
        current.size += bytes.count
        if !current.isFile, current.size > Limits.fieldBytes {
            throw HTTPProblem.badRequest(
                "Part exceeded maximum size of \(Limits.fieldBytes / 1024)KB.")
        }
        switch current.kind {
        case .entries where !current.isFile: try check(limits.entriesBytes, "entries")
        case .text where !current.isFile: try check(limits.textBytes, "text")
        case .image: try check(limits.imageBytes, "image")
        default: return
        }
        current.content.append(contentsOf: bytes)
    }

    /// The current field is complete.
    package mutating func end() {
        let content = current.content
        switch (current.kind, current.isFile) {
        case (.entries, false): form.entries = content.isEmpty ? nil : .bytes(content)
        case (.entries, true): form.entries = .file
        case (.text, false): form.text = content.isEmpty ? nil : .bytes(content)
        case (.text, true): form.text = .file
        case (.image, let isFile): form.image = content.isEmpty && !isFile ? nil : content
        case (.ignored, _): break
        }
        current = Current(kind: .ignored, isFile: true)
    }

    private func check(_ limit: Int, _ name: String) throws(HTTPProblem) {
        if current.size > limit {
            throw HTTPProblem.tooLarge("'\(name)' is larger than the limit of \(limit) bytes.")
        }
    }
}
