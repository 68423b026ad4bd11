import Foundation

/// The folder where packed models are kept, a folder each, named by what it
/// depends on: the model's files, the runtime's version and the processor.
struct PackedModels: Sendable {
    let folder: URL
    /// Version of the runtime that packs and reads.
    let runtime: String
    let processor: String

    /// Smaller ones load at once as they are.
    private static let leastBytes = 1 << 20
    /// A packed model has its weights twice, as they were and in order. The
    /// disk keeps as much free again.
    private static let spaceFactor = 4
    /// Packing that ended with the process, by which it is tried no more: it
    /// takes twice the model's memory for a moment, which may be too much.
    private static let mostAttempts = 2

    /// The model as packed before, `nil` where it was not or has changed since.
    func find(_ model: URL) -> PackedModel? {
        let wanted = manifest(of: model)
        let packed = PackedModel(folder: place(of: wanted))
        guard let manifest = packed.manifest, manifest.describesSame(as: wanted) else { return nil }
        return packed
    }

    /// A folder to pack a model in; `nil` where it is too small to be worth it,
    /// there is no room, nothing may be written, or it was tried in vain.
    ///
    /// The folder is the mark of the attempt: whoever ends here leaves it.
    func begin(_ model: URL) -> PackedModel? {
        let wanted = manifest(of: model)
        let bytes = wanted.modelBytes
        guard bytes >= Self.leastBytes else { return nil }
        let files = FileManager.default
        do {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            let system = try files.attributesOfFileSystem(forPath: folder.path)
            let free = (system[.systemFreeSize] as? NSNumber)?.intValue ?? 0
            guard free / Self.spaceFactor >= bytes else { return nil }
        } catch {
            return nil
        }
        for attempt in drafts(of: wanted) {
            do {
                try files.createDirectory(at: attempt, withIntermediateDirectories: false)
                return PackedModel(folder: attempt)
            } catch {
                continue
            }
        }
        removeLeftOvers(of: wanted)
        return nil
    }

    /// Files of attempts that ended with their process. Such as are at it now
    /// are younger.
    private func removeLeftOvers(of manifest: PackedModel.Manifest) {
        for draft in drafts(of: manifest) {
            let attributes = try? FileManager.default.attributesOfItem(atPath: draft.path)
            guard let date = attributes?[.modificationDate] as? Date, date.timeIntervalSinceNow < -3600 else {
                continue
            }
            giveUp(PackedModel(folder: draft))
        }
    }

    /// What was begun is complete and right: from now on it is found. Files that
    /// are mapped already stay so.
    func finish(_ draft: PackedModel, of model: URL) throws {
        let manifest = manifest(of: model)
        try draft.complete(manifest)
        let packed = PackedModel(folder: place(of: manifest))
        // Another process may have been faster, and is using it.
        if packed.manifest == nil {
            discard(packed)
            try? FileManager.default.moveItem(at: draft.folder, to: packed.folder)
        }
        for draft in drafts(of: manifest) { discard(PackedModel(folder: draft)) }
        removeOutdated(manifest, except: packed.folder)
    }

    /// What was begun came to nothing: its files go, its mark stays.
    func giveUp(_ draft: PackedModel) {
        let files = try? FileManager.default.contentsOfDirectory(
            at: draft.folder, includingPropertiesForKeys: nil)
        for file in files ?? [] { try? FileManager.default.removeItem(at: file) }
    }

    /// Removes what turned out not to work, or was not finished.
    func discard(_ packed: PackedModel) {
        try? FileManager.default.removeItem(at: packed.folder)
    }

    /// Removes what was packed of the same model before it changed, or by
    /// another version of the runtime. What other processors packed is theirs.
    private func removeOutdated(_ current: PackedModel.Manifest, except place: URL) {
        let entries = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        for entry in entries ?? [] where entry.lastPathComponent != place.lastPathComponent {
            let packed = PackedModel(folder: entry)
            guard let manifest = packed.manifest, manifest.model == current.model,
                manifest.processor == current.processor
            else { continue }
            discard(packed)
        }
    }

    private func place(of manifest: PackedModel.Manifest) -> URL {
        folder.appending(component: manifest.key, directoryHint: .isDirectory)
    }

    private func drafts(of manifest: PackedModel.Manifest) -> [URL] {
        (1...Self.mostAttempts).map {
            folder.appending(component: "\(manifest.key).attempt-\($0)", directoryHint: .isDirectory)
        }
    }

    private func manifest(of model: URL) -> PackedModel.Manifest {
        PackedModel.Manifest(
            model: model.standardizedFileURL.path, facts: ModelFacts.texts(of: model), runtime: runtime,
            processor: processor)
    }
}

extension PackedModel.Manifest {
    /// Whether it was made from the same, whatever its files' lengths.
    func describesSame(as other: Self) -> Bool {
        (model, facts, runtime, processor) == (other.model, other.facts, other.runtime, other.processor)
    }

    /// Bytes of the model's own files.
    var modelBytes: Int { facts.reduce(0) { $0 + ModelFacts.bytes($1) } }

    var key: String { FactsKey.key([model, runtime, processor] + facts) }
}
