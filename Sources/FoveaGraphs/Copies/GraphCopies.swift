import FoveaCore
public import Foundation

/// Rewritten copies of graphs on disk, made once:
/// `<folder>/<key>/model.onnx`.
///
/// Weights that a model keeps in files of their own are linked beside the
/// copy, because ONNX Runtime reads none outside the graph's folder, symbolic
/// links resolved; so they have to be on the same file system. What a process
/// makes, another finds; where two make the same, one of them wins. A copy of a
/// model that has changed takes the place of those from before, but for such as
/// a ``FolderUse`` keeps.
public struct GraphCopies: Sendable {
    private let folder: URL

    /// What is to be opened.
    public enum Copy: Sendable, Hashable {
        /// The rewritten graph.
        case file(URL)
        /// The graph as it is: the rules do not cover it, or nothing can be
        /// written. `reason` is a clause for people.
        case none(reason: String)
    }

    /// - Parameter folder: need not exist.
    public init(folder: URL) { self.folder = folder }

    /// Finds the copy, or makes it. Blocks.
    ///
    /// - Parameters:
    ///   - graph: the model's file.
    ///   - model: what to call it; letters, digits, `-`, `_` and `.` are kept.
    ///   - fingerprint: of the model's files, in hexadecimal: another one is
    ///     another copy.
    public func copy(
        of graph: URL, named model: String, fingerprint: String, _ rewrite: GraphRewrite
    ) -> Copy {
        let key = Self.key(model, fingerprint, rewrite)
        let target = folder.appending(component: key, directoryHint: .isDirectory)
        let file = target.appending(component: "model.onnx")
        if FileManager.default.isReadableFile(atPath: file.path) { return .file(file) }
        let draft = folder.appending(
            component: ".\(UUID().uuidString).new", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: draft) }
        do {
            let source = graph.resolvingSymlinksInPath().deletingLastPathComponent()
            var model = try GraphFile.read(graph)
            switch try rewrite.apply(to: &model, .init(source: source, target: draft)) {
            case .declined(let reason): return .none(reason: reason)
            case .rewritten:
                try install(model, from: source, by: draft, at: target)
                removeOutdated(besides: key)
            }
        } catch {
            // Somebody else's may be there by now.
            guard FileManager.default.isReadableFile(atPath: file.path) else {
                let reason = (error as? FoveaError)?.message ?? error.localizedDescription
                return .none(reason: "a copy cannot be made: \(reason)")
            }
        }
        return .file(file)
    }

    /// Takes a copy away, but for one that a ``FolderUse`` keeps. Blocks.
    public func remove(named model: String, fingerprint: String, _ rewrite: GraphRewrite) {
        FolderUse.removeUnused(
            folder.appending(component: Self.key(model, fingerprint, rewrite), directoryHint: .isDirectory))
    }

    private static func key(_ model: String, _ fingerprint: String, _ rewrite: GraphRewrite) -> String {
        let name = [model, rewrite.name, String(fingerprint.prefix(16))].joined(separator: "_")
        return String(
            name.map { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.".contains($0) ? $0 : "-" })
    }

    /// Makes the copy in a folder of another name first, so that nobody sees
    /// half of it.
    ///
    /// - Parameter draft: that folder, where a rewrite may have put weights.
    private func install(_ model: ModelProto, from source: URL, by draft: URL, at target: URL) throws {
        let files = FileManager.default
        try files.createDirectory(at: draft, withIntermediateDirectories: true)
        removeLeftovers()
        try GraphFile.write(model, to: draft.appending(component: "model.onnx"))
        let made = draft.appending(component: WeightWriter.name)
        for name in try model.graph.externalFiles()
        where name != WeightWriter.name || !files.fileExists(atPath: made.path) {
            try link(name, from: source, to: draft)
        }
        try files.moveItem(at: draft, to: target)
    }

    /// Takes away what processes left that ended while they made or removed a
    /// copy. What is younger than a day may be somebody's at work.
    private func removeLeftovers() {
        let drafts = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
        for draft in drafts ?? [] where ["new", "old"].contains(draft.pathExtension) {
            let date = try? draft.resourceValues(forKeys: [.contentModificationDateKey])
                .contentModificationDate
            if let date, date.timeIntervalSinceNow < -86_400 {
                try? FileManager.default.removeItem(at: draft)
            }
        }
    }

    /// Takes away copies of the same model and rewrite, with another fingerprint.
    private func removeOutdated(besides key: String) {
        guard let separator = key.lastIndex(of: "_") else { return }
        let prefix = key[...separator]
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        for name in names ?? [] where name != key && name.hasPrefix(prefix) {
            // What follows may be the rest of another model's name.
            guard name.dropFirst(prefix.count).allSatisfy(\.isHexDigit) else { continue }
            FolderUse.removeUnused(folder.appending(component: name, directoryHint: .isDirectory))
        }
    }

    private func link(_ name: String, from source: URL, to draft: URL) throws {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            throw FoveaError(.modelInvalid, "Its weights are outside its folder, in \(name).")
        }
        let link = draft.appending(path: name)
        try FileManager.default.createDirectory(
            at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.linkItem(
            at: source.appending(path: name).resolvingSymlinksInPath(), to: link)
    }
}

extension GraphProto {
    /// Names of the files that hold weights, from the graph's folder on.
    func externalFiles() throws -> Set<String> {
        var names = Set(try initializers().compactMap(\.externalFile))
        for node in try nodes() where node.type == "Constant" {
            if let name = try node.attribute("value")?.tensor?.externalFile { names.insert(name) }
        }
        return names
    }
}
