import Foundation
import Synchronization

/// The model hub's HTTP interface on the loopback interface, as far as a client
/// that downloads needs it, and what can go wrong with it.
///
/// `GET /api/models/{id}/revision/{revision}`, with `?blobs=true` for sizes and
/// hashes; `GET /api/models/{id}/tree/{revision}`, page by page; `HEAD` and
/// `GET /{id}/resolve/{revision}/{path}`, which redirects to another host for
/// large files. The shapes are those that `huggingface_hub` reads and those of
/// exchanges recorded from the hub (September 2026: ETags, `X-Linked-…`,
/// `X-Error-Code`, `X-Error-Message`).
///
/// ```swift
/// let hub = HubDouble([.init("immich-app/model", [.init("config.json", Array("{}".utf8))])])
/// defer { hub.stop() }
/// hub.fail("textual/model.onnx", with: [.status(503), .cut(after: 1000)])
/// ```
package final class HubDouble: Sendable {
    /// How many entries a page of a tree has.
    package static let pageEntries = 3

    /// The hub itself: what `HF_ENDPOINT` names.
    package let server: TestServer
    /// The host that large files are sent by.
    package let files: TestServer
    private let repositories: Mutex<[Repository]>
    private let faults = Mutex<[String: [Fault]]>([:])

    /// - Parameter onSent: see ``TestServer/init(onSent:_:)``; of the host of large files.
    package init(_ repositories: [Repository], onSent: @escaping @Sendable (_ bytes: Int) -> Void = { _ in })
    {
        self.repositories = Mutex(repositories)
        // Both have to exist before either can answer for the other.
        let box = Box()
        files = TestServer(onSent: onSent) { request, _ in box.hub?.sendLarge(request) ?? .init(status: 503) }
        server = TestServer { request, _ in box.hub?.answer(request) ?? .init(status: 503) }
        box.hub = self
    }

    deinit { stop() }

    /// What `HF_ENDPOINT` has to be.
    package var endpoint: String { server.base }

    package func stop() {
        server.stop()
        files.stop()
    }

    /// Puts others in the place of the repositories.
    package func replace(_ new: [Repository]) { repositories.withLock { $0 = new } }

    /// What the next requests of a path meet, one after the other.
    ///
    /// - Parameter path: a file's in its repository, whichever host sends it; or
    ///   the hub's own, with a slash before it, such as `/api/models/a/b/revision/main`.
    package func fail(_ path: String, with new: [Fault]) {
        faults.withLock { $0[path, default: []] += new }
    }

    /// How often a file's contents were asked for, by whichever host sends it.
    package func downloads(of path: String) -> Int {
        repositories.withLock(\.self).flatMap { repository in
            repository.files.filter { $0.path == path }.map { file in
                file.isLarge
                    ? files.requests(of: "/large/\(file.sha256)").count
                    : server.requests.filter {
                        $0.method == "GET" && $0.plainPath.hasPrefix("/\(repository.id)/resolve/")
                            && $0.plainPath.hasSuffix("/\(path)")
                    }.count
            }
        }.reduce(0, +)
    }

    /// Whether any token reached the host of large files, which is none of its business.
    package var leakedToken: Bool { files.requests.contains { $0.headers["authorization"] != nil } }

    private func answer(_ request: TestServer.Request) -> TestServer.Answer {
        let path = request.plainPath
        let fault = next(path)
        if let fault, let answer = fault.instead { return answer }
        let request = fault?.seen(request) ?? request
        let parts = path.split(separator: "/").map(String.init)
        let answer: TestServer.Answer
        if parts.count >= 6, parts[0] == "api", parts[1] == "models", parts[4] == "revision" {
            answer = reading("\(parts[2])/\(parts[3])", request, isFile: false) {
                revision(parts[5...].joined(separator: "/"), of: $0, request)
            }
        } else if parts.count >= 6, parts[0] == "api", parts[1] == "models", parts[4] == "tree" {
            answer = reading("\(parts[2])/\(parts[3])", request, isFile: false) {
                tree(parts[5], of: $0, request)
            }
        } else if parts.count >= 5, parts[2] == "resolve" {
            answer = reading("\(parts[0])/\(parts[1])", request, isFile: true) {
                resolve(parts[4...].joined(separator: "/"), at: parts[3], of: $0, request)
            }
        } else {
            answer = .init(status: 404, body: Array("Not Found".utf8))
        }
        return fault?.applied(to: answer) ?? answer
    }

    private func sendLarge(_ request: TestServer.Request) -> TestServer.Answer {
        let name = request.plainPath.split(separator: "/").last.map(String.init) ?? ""
        let found = repositories.withLock(\.self).flatMap(\.files).first { $0.isLarge && $0.sha256 == name }
        guard let found else { return .init(status: 403, body: Array("<Error/>".utf8)) }
        let fault = next(found.path)
        if let fault, let answer = fault.instead { return answer }
        let request = fault?.seen(request) ?? request
        // Not the hash that the hub announces: that host has names of its own.
        let answer = TestServer.Answer.file(found.bytes, etag: "\"large-\(name.prefix(16))\"", for: request)
        return fault?.applied(to: answer) ?? answer
    }

    private func reading(
        _ id: String, _ request: TestServer.Request, isFile: Bool,
        _ body: (Repository) -> TestServer.Answer
    ) -> TestServer.Answer {
        let token = request.headers["authorization"]?.split(separator: " ").last.map(String.init)
        guard let repository = repositories.withLock({ $0.first { $0.id == id } }) else {
            // Whether there is one of that name is not told to those whom it does not know.
            return token == nil ? Self.unknown : Self.missing("RepoNotFound", "Repository not found")
        }
        switch repository.access {
        case .hidden(let right) where token != right:
            return token == nil ? Self.unknown : Self.missing("RepoNotFound", "Repository not found")
        case .gated(let right) where isFile && token != right: return Self.gated(id, isKnown: token != nil)
        default: return body(repository)
        }
    }

    /// The next fault of a path, where one is set. A large file's is kept for the host that sends it.
    private func next(_ path: String) -> Fault? {
        faults.withLock { faults in
            let isLarge = { (name: String) in
                self.repositories.withLock(\.self).contains {
                    $0.files.contains { $0.path == name && $0.isLarge }
                }
            }
            let key = faults.keys.first { key in
                key == path || (!key.hasPrefix("/") && path.hasSuffix("/\(key)") && !isLarge(key))
            }
            guard let key, let fault = faults[key]?.first else { return nil }
            if !fault.isLasting { faults[key]?.removeFirst() }
            return fault
        }
    }

    /// So that the servers can be made before the double is.
    private final class Box: Sendable {
        private let held = Mutex<Weak>(Weak())
        private struct Weak { weak var hub: HubDouble? }

        var hub: HubDouble? {
            get { held.withLock(\.hub) }
            set { held.withLock { $0.hub = newValue } }
        }
    }
}
