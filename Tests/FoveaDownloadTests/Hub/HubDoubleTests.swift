import AsyncHTTPClient
import Foundation
import FoveaDownload
import FoveaTesting
import NIOCore
import NIOHTTP1
import Testing

/// The hub's double answers as the hub does, so that tests against it mean something.
///
/// The shapes are those of exchanges recorded from the hub and of its client's
/// source: see ``HubDouble``.
@Suite(.timeLimit(.minutes(2))) struct HubDoubleTests {
    private let large = Contents.bytes(4 * Scene.pieceBytes)
    private let small = Array("abc".utf8)

    private func hub(_ access: HubDouble.Access = .open) -> HubDouble {
        HubDouble([
            .init(
                "org/name",
                [
                    .init("config.json", small), .init("textual/model.onnx", large, isLarge: true),
                    .init("visual/model.onnx", Array(large.reversed()), isLarge: true),
                ], access: access)
        ])
    }

    private func get(
        _ hub: HubDouble, _ path: String, method: HTTPMethod = .GET, token: String? = nil
    ) async throws -> (status: Int, headers: HTTPHeaders, json: Any?) {
        let scene = try Scene()
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : hub.endpoint + path)
        request.method = method
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        let response = try await scene.http.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 1 << 22)
        return (
            Int(response.status.code), response.headers,
            try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))
        )
    }

    @Test func aRevisionListsItsFiles() async throws {
        let hub = hub()
        let plain = try await get(hub, "/api/models/org/name/revision/main")
        let bare = try #require((plain.json as? [String: Any])?["siblings"] as? [[String: Any]])
        #expect(bare.map { $0.keys.sorted() } == [["rfilename"], ["rfilename"], ["rfilename"]])
        let blobs = try await get(hub, "/api/models/org/name/revision/main?blobs=true")
        let model = try #require(blobs.json as? [String: Any])
        #expect((model["sha"] as? String)?.count == 40)
        let files = try #require(model["siblings"] as? [[String: Any]])
        #expect(files[0]["size"] as? Int == 3)
        // From `printf abc | git hash-object --stdin`.
        #expect(files[0]["blobId"] as? String == "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f")
        let lfs = try #require(files[1]["lfs"] as? [String: Any])
        #expect(lfs["sha256"] as? String == Scene.sha256(large))
        #expect(lfs["size"] as? Int == large.count)
    }

    @Test func aTreeComesPageByPage() async throws {
        let hub = hub()
        var (path, entries): (String?, [[String: Any]]) = (
            "/api/models/org/name/tree/main?recursive=true", []
        )
        var pages = 0
        while let next = path {
            let page = try await get(hub, next)
            entries += try #require(page.json as? [[String: Any]])
            path = page.headers.first(name: "link").map { String($0.dropFirst().prefix { $0 != ">" }) }
            pages += 1
        }
        #expect(pages == 2)
        #expect(
            entries.compactMap { $0["path"] as? String } == [
                "config.json", "textual/model.onnx", "visual/model.onnx", "textual", "visual",
            ])
        #expect((entries[1]["lfs"] as? [String: Any])?["oid"] as? String == Scene.sha256(large))
        #expect(entries[3]["type"] as? String == "directory")
    }

    @Test func aHeadTellsWhatAFileIs() async throws {
        let hub = hub()
        let file = try await get(hub, "/org/name/resolve/main/config.json", method: .HEAD)
        #expect(file.status == 200 && file.headers.first(name: "content-length") == "3")
        #expect(file.headers.first(name: "etag") == "\"f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f\"")
        #expect(file.headers.first(name: "x-repo-commit")?.count == 40)
        let linked = try await get(hub, "/org/name/resolve/main/textual/model.onnx", method: .HEAD)
        #expect(linked.status == 302)
        #expect(linked.headers.first(name: "x-linked-etag") == "\"\(Scene.sha256(large))\"")
        #expect(linked.headers.first(name: "x-linked-size") == String(large.count))
        #expect(linked.headers.first(name: "location")?.hasPrefix(hub.files.base) == true)
    }

    @Test func whatIsNotThereHasACode() async throws {
        let hub = hub()
        let file = try await get(hub, "/org/name/resolve/main/none", token: "t")
        #expect(file.status == 404 && file.headers.first(name: "x-error-code") == "EntryNotFound")
        let revision = try await get(hub, "/api/models/org/name/revision/none", token: "t")
        #expect(revision.status == 404 && revision.headers.first(name: "x-error-code") == "RevisionNotFound")
        let model = try await get(hub, "/api/models/org/none/revision/main", token: "t")
        #expect(model.status == 404 && model.headers.first(name: "x-error-code") == "RepoNotFound")
        #expect(try await get(hub, "/api/models/org/none/revision/main").status == 401)
    }

    @Test func someFilesAreForThoseWithATokenOnly() async throws {
        let hub = hub(.gated(token: "right"))
        #expect(try await get(hub, "/api/models/org/name/revision/main").status == 200)
        let path = "/org/name/resolve/main/config.json"
        let nobody = try await get(hub, path)
        #expect(nobody.status == 401 && nobody.headers.first(name: "x-error-code") == "GatedRepo")
        #expect(try await get(hub, path, token: "wrong").status == 403)
        #expect(try await get(hub, path, token: "right").status == 200)
        let hidden = self.hub(.hidden(token: "right"))
        #expect(try await get(hidden, "/api/models/org/name/revision/main", token: "wrong").status == 404)
        #expect(try await get(hidden, "/api/models/org/name/revision/main", token: "right").status == 200)
    }

    private func file(_ hub: HubDouble) -> RemoteFile {
        RemoteFile(
            url: hub.endpoint + "/org/name/resolve/main/textual/model.onnx",
            headers: ["authorization": "Bearer right"], byteCount: large.count,
            hash: .sha256(Scene.sha256(large)))
    }

    @Test func aLargeFileComesFromTheOtherHostWithoutTheToken() async throws {
        let hub = hub(.gated(token: "right"))
        let scene = try Scene()
        try await scene.fetch(file(hub))
        #expect(try scene.contents() == large)
        #expect(hub.files.bytesSent == large.count && !hub.leakedToken)
        #expect(hub.downloads(of: "textual/model.onnx") == 4)
        #expect(hub.downloads(of: "visual/model.onnx") == 0)
    }

    @Test(arguments: [
        [HubDouble.Fault.status(503)], [.busy(retryAfter: "7")], [.cut(after: 1000), .cut(after: 0)],
        [.corrupt(at: 10)], [.short(by: 5)], [.always(.withoutRanges)], [.withoutRanges],
    ]) func faultsAreOvercome(_ faults: [HubDouble.Fault]) async throws {
        let hub = hub()
        hub.fail("textual/model.onnx", with: faults)
        let scene = try Scene()
        try await scene.fetch(file(hub))
        #expect(try scene.contents() == large)
    }

    @Test(arguments: [HubDouble.Fault.always(.endless), .always(.corrupt(at: 0)), .always(.status(404))])
    func someAreNot(_ fault: HubDouble.Fault) async throws {
        let hub = hub()
        hub.fail("textual/model.onnx", with: [fault])
        let scene = try Scene()
        await #expect(throws: DownloadFailure.self) { try await scene.fetch(file(hub)) }
    }

    @Test func anAnnouncedHashMayBeWrong() async throws {
        var wrong = HubDouble.File("model.onnx", large, isLarge: true)
        wrong.announcedHash = String(repeating: "0", count: 64)
        wrong.announcedBytes = 7
        let hub = HubDouble([.init("org/name", [wrong])])
        let blobs = try await get(hub, "/api/models/org/name/revision/main?blobs=true")
        let files = (blobs.json as? [String: Any])?["siblings"] as? [[String: Any]]
        let lfs = files?.first?["lfs"] as? [String: Any]
        #expect(lfs?["sha256"] as? String == wrong.announcedHash && lfs?["size"] as? Int == 7)
    }

    @Test func aPlainMirrorIsAFolderOfFiles() async throws {
        let mirror = TestServer { [small, large] request, _ in
            .files(["/a/b.json": small, "/a/model.onnx": large], for: request)
        }
        defer { mirror.stop() }
        let scene = try Scene()
        try await scene.fetch(RemoteFile(url: mirror.base + "/a/model.onnx"))
        #expect(try scene.contents() == large)
        await #expect(throws: DownloadFailure.self) {
            try await Scene().fetch(RemoteFile(url: mirror.base + "/a/none"))
        }
    }
}
