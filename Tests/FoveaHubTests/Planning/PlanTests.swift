import FoveaCore
import FoveaDownload
import FoveaHub
import FoveaModels
import Foundation
import Testing

struct PlanTests {
    private func listing(_ paths: [String]) -> ModelListing {
        ModelListing(
            source: "x", files: paths.map { ListedFile(path: $0, origin: .remote(url: "http://x/\($0)")) })
    }

    private func chosen(
        _ paths: [String], _ part: ModelPart, _ formats: ModelFormats = ModelFormats()
    ) throws -> [String] {
        try WantedFiles.choose(from: listing(paths), .clip, part, formats).map(\.path)
    }

    private static let all = [
        "README.md", "config.json", "textual/model.onnx", "textual/tokenizer.json", "visual/model.armnn",
        "visual/model.onnx", "visual/fp16/model.armnn", "visual/onnx__MatMul_12",
        "visual/preprocess_cfg.json",
        "visual/rknpu/rk3566/model.rknn", "visual/rknpu/rk3588/model.rknn", "visual/openvino/x.blob",
    ]

    @Test func aPartIsItsFolderAndWhatIsShared() throws {
        #expect(
            try chosen(Self.all, .types([.visual])) == [
                "config.json", "visual/onnx__MatMul_12", "visual/preprocess_cfg.json", "visual/model.onnx",
            ])
        #expect(
            try chosen(Self.all, .types([.textual])) == [
                "config.json", "textual/tokenizer.json", "textual/model.onnx",
            ])
    }

    @Test func otherEnginesFilesAreOnlyForThem() throws {
        let formats = ModelFormats(armNN: true, rknnChips: ["rk3588"])
        #expect(
            try chosen(Self.all, .types([.visual]), formats) == [
                "config.json", "visual/onnx__MatMul_12", "visual/preprocess_cfg.json", "visual/model.armnn",
                "visual/fp16/model.armnn", "visual/rknpu/rk3588/model.rknn", "visual/model.onnx",
            ])
    }

    @Test func allMeansAllThatIsThereWithGraphsLast() throws {
        let paths = try chosen(Self.all, .all)
        #expect(
            Set(paths)
                == Set(
                    Self.all.filter {
                        !$0.contains("armnn") && !$0.contains("rknn") && !$0.contains("openvino")
                    }))
        #expect(paths.suffix(2) == ["textual/model.onnx", "visual/model.onnx"])
        // One tower is a model too.
        #expect(try chosen(["visual/model.onnx"], .all) == ["visual/model.onnx"])
    }

    @Test func withoutTheGraphTheModelIsNotThere() {
        #expect(throws: SourceFailure.self) { try chosen(["textual/model.onnx"], .types([.visual])) }
        #expect(throws: SourceFailure.self) { try chosen(["config.json"], .all) }
    }

    private static let digests: FileDigests = {
        let file = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try? Data("hello\n".utf8).write(to: file)
        // A file that was just written can be read.
        guard let digests = try? FileDigests(of: file) else { preconditionFailure() }
        return digests
    }()
    /// `printf 'hello\n' | sha256sum`, and `| git hash-object --stdin`.
    private static let sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
    private static let gitBlob = "ce013625030ba8dba906f756967f9e9ca394464a"

    @Test func stepsFollowFromWhatIsThere() {
        let other = String(repeating: "0", count: 64)
        func step(
            _ size: Int?, _ hash: FileHash?, _ present: PullPlan.Present?, _ entry: (Int, String)? = nil
        ) -> PullPlan.Step {
            PullPlan.step(
                ListedFile(path: "a", byteCount: size, hash: hash, origin: .remote(url: "http://x")),
                present: present,
                entry: entry.map {
                    ModelManifest.Entry(byteCount: $0.0, sha256: $0.1, source: "x", date: .distantPast)
                })
        }
        let present = PullPlan.Present(byteCount: 6, digests: Self.digests)
        #expect(step(6, .sha256(Self.sha256), nil) == .fetch)
        #expect(step(6, .sha256(Self.sha256), present) == .keep)
        #expect(step(6, .gitBlob(Self.gitBlob), present) == .keep)
        #expect(step(nil, nil, present) == .keep)
        #expect(step(6, nil, present) == .keep)
        // Somebody else's.
        #expect(step(7, .sha256(Self.sha256), present) == .leave)
        #expect(step(6, .sha256(other), present) == .leave)
        #expect(step(7, nil, present) == .leave)
        // Ours, of an earlier version; ours, and changed since.
        #expect(step(6, .sha256(other), present, (6, Self.sha256)) == .fetch)
        #expect(step(6, .sha256(other), present, (6, other)) == .leave)
        #expect(step(9, .sha256(other), PullPlan.Present(byteCount: -1), (6, Self.sha256)) == .leave)
    }

    @Test func verdictsFollowFromWhatIsFound() {
        func state(_ found: FileVerdict.Found, _ size: Int?, _ hash: FileHash?) -> FileVerdict.State {
            FileVerdict("a", found, .init(byteCount: size, hash: hash, witness: .manifest)).state
        }
        let found = FileVerdict.Found.file(byteCount: 6, digests: Self.digests)
        let wrong = FileHash.sha256(String(repeating: "0", count: 64))
        #expect(state(found, 6, .sha256(Self.sha256)) == .right)
        #expect(state(found, nil, .gitBlob(Self.gitBlob.uppercased())) == .right)
        #expect(state(found, 7, .sha256(Self.sha256)) == .wrongSize(expected: 7, found: 6))
        #expect(state(found, 6, wrong) == .wrongHash(expected: wrong))
        #expect(state(found, nil, nil) == .unknown)
        #expect(state(.nothing, 6, wrong) == .missing)
        #expect(FileVerdict("a", found, nil).state == .unknown)
    }

    @Test func aReplacementIsOfTheVersionThatIsExpected() {
        let (right, other) = (
            FileHash.sha256(Self.sha256), FileHash.sha256(String(repeating: "0", count: 64))
        )
        func replacement(_ listed: FileHash?, size: Int? = 6) -> ListedFile? {
            let broken = FileVerdict(
                "a", .nothing, .init(byteCount: 6, hash: right, witness: .manifest))
            let file = ListedFile(path: "a", byteCount: size, hash: listed, origin: .remote(url: "http://x"))
            return RepairPlan.replacements(for: [broken], in: ModelListing(source: "x", files: [file])).first
        }
        #expect(replacement(right)?.hash == right)
        #expect(replacement(other) == nil)
        #expect(replacement(right, size: 7) == nil)
        // What comes is held against what is known.
        #expect(replacement(nil, size: nil)?.hash == right)
        #expect(replacement(nil, size: nil)?.byteCount == 6)
        #expect(replacement(.gitBlob(Self.gitBlob))?.hash == right)
    }

    @Test func theLeastRecentlyUsedGoFirst() {
        let now = Date(timeIntervalSince1970: 1_000_000)
        func candidate(_ name: String, _ bytes: Int, _ age: TimeInterval) -> PruneChoice.Candidate {
            .init(home: ModelHome(.clip, name: name), byteCount: bytes, lastUse: now - age)
        }
        let all = [
            candidate("new", 10, 1), candidate("old", 10, 100), candidate("older", 10, 200),
            candidate("ahead", 10, -5000), candidate("none", 0, 999),
        ]
        func names(_ total: Int, _ budget: Int, _ keeping: Set<ModelHome> = []) -> [String] {
            PruneChoice.choose(all, total: total, budget: budget, keeping: keeping, now: now).map(\.home.name)
        }
        #expect(names(50, 50) == [])
        #expect(names(50, 49) == ["older"])
        #expect(names(50, 30) == ["older", "old"])
        #expect(names(50, 30, [ModelHome(.clip, name: "old")]) == ["older", "new"])
        // What others take cannot be had back.
        #expect(names(1000, 0) == ["older", "old", "new", "ahead"])
    }

    @Test func manifestsKeepWhatWasPut() throws {
        var manifest = ModelManifest(task: .clip, name: "ViT", revision: "v2")
        manifest.files["visual/model.onnx"] = ModelManifest.Entry(
            byteCount: 6, sha256: Self.sha256, etag: "\"x\"", source: "hub", commit: "c",
            date: Date(timeIntervalSince1970: 1_700_000_000))
        manifest.complete(.types([.visual]), of: .clip)
        let read = try #require(ModelManifest(manifest.encoded()))
        #expect(read == manifest)
        #expect(read.has(.types([.visual]), of: .clip))
        #expect(!read.has(.types([.visual, .textual]), of: .clip) && !read.has(.all, of: .clip))
        // Those who share a folder may write anything.
        manifest.files["../../x"] = manifest.files["visual/model.onnx"]
        #expect(ModelManifest(try manifest.encoded())?.files.keys.sorted() == ["visual/model.onnx"])
        #expect(ModelManifest(Data("{".utf8)) == nil)
    }

    @Test func theDownloadersNotesAreRead() {
        let commit = String(repeating: "a", count: 40)
        #expect(DownloaderRecord("\(commit)\n\(Self.sha256)\n1700000000.5\n")?.hash == .sha256(Self.sha256))
        #expect(DownloaderRecord("\(commit)\n\(Self.gitBlob)\n1\n")?.hash == .gitBlob(Self.gitBlob))
        #expect(DownloaderRecord("\(commit)\nother\n1\n")?.hash == nil)
        #expect(DownloaderRecord("x\n\(Self.sha256)\n1\n") == nil)
        #expect(DownloaderRecord(commit) == nil)
    }
}
