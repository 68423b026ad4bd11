import Foundation

extension HubDouble {
    func revision(
        _ name: String, of repository: Repository, _ request: TestServer.Request
    ) -> TestServer.Answer {
        guard repository.has(name) else { return Self.missing("RevisionNotFound", "Invalid rev id: \(name)") }
        let hasBlobs = ["true", "1", "True"].contains(request.query["blobs"])
        let siblings = repository.files.map { file -> [String: Any] in
            var entry: [String: Any] = ["rfilename": file.path]
            guard hasBlobs else { return entry }
            entry["size"] = file.size
            entry["blobId"] = file.blobID
            if file.isLarge {
                entry["lfs"] = [
                    "sha256": file.largeHash, "size": file.size, "pointerSize": file.blob.count,
                ]
            }
            return entry
        }
        let isGated = if case .gated = repository.access { true } else { false }
        return Self.json([
            "id": repository.id, "modelId": repository.id, "sha": repository.commit,
            "author": repository.id.prefix { $0 != "/" }.description, "private": false, "disabled": false,
            "gated": isGated ? "auto" : false, "siblings": siblings, "tags": [String](),
        ])
    }

    func tree(_ name: String, of repository: Repository, _ request: TestServer.Request) -> TestServer.Answer {
        guard repository.has(name) else { return Self.missing("RevisionNotFound", "Invalid rev id: \(name)") }
        var entries = repository.files.map { file -> [String: Any] in
            var entry: [String: Any] = [
                "type": "file", "oid": file.blobID, "size": file.size, "path": file.path,
            ]
            if file.isLarge {
                entry["lfs"] = ["oid": file.largeHash, "size": file.size, "pointerSize": file.blob.count]
            }
            return entry
        }
        let folders = Set(repository.files.compactMap { $0.path.split(separator: "/").dropLast().first })
        entries += folders.sorted().map {
            ["type": "directory", "oid": repository.commit, "size": 0, "path": String($0)]
        }
        let start = request.query["cursor"].flatMap { Int($0) } ?? 0
        var answer = Self.json(Array(entries.dropFirst(start).prefix(Self.pageEntries)))
        if start + Self.pageEntries < entries.count {
            let page = "\(endpoint)\(request.plainPath)?recursive=true&cursor=\(start + Self.pageEntries)"
            answer.headers["Link"] = "<\(page)>; rel=\"next\""
        }
        return answer
    }

    func resolve(
        _ path: String, at revision: String, of repository: Repository, _ request: TestServer.Request
    ) -> TestServer.Answer {
        guard repository.has(revision) else {
            return Self.missing("RevisionNotFound", "Invalid rev id: \(revision)")
        }
        let commit = ["X-Repo-Commit": repository.commit]
        guard let file = repository.files.first(where: { $0.path == path }) else {
            return Self.missing("EntryNotFound", "Entry not found", headers: commit)
        }
        var answer: TestServer.Answer
        if file.isLarge {
            answer = .redirect(to: "\(files.base)/large/\(file.sha256)?Expires=1&Signature=s")
            answer.headers["X-Linked-Etag"] = "\"\(file.largeHash)\""
            answer.headers["X-Linked-Size"] = String(file.size)
            answer.headers["Accept-Ranges"] = "bytes"
        } else {
            answer = .file(file.bytes, etag: "\"\(file.blobID)\"", for: request)
        }
        answer.headers.merge(commit) { $1 }
        return answer
    }

    static func json(_ value: Any) -> TestServer.Answer {
        let body = (try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])) ?? Data()
        return .init(headers: ["Content-Type": "application/json; charset=utf-8"], body: [UInt8](body))
    }

    static func refusal(
        _ status: Int, code: String?, _ message: String, headers: [String: String] = [:]
    ) -> TestServer.Answer {
        var answer = json(["error": message])
        answer.status = status
        answer.headers["X-Error-Code"] = code
        answer.headers["X-Error-Message"] = message
        answer.headers.merge(headers) { $1 }
        return answer
    }

    static func missing(
        _ code: String, _ message: String, headers: [String: String] = [:]
    ) -> TestServer.Answer {
        refusal(404, code: code, message, headers: headers)
    }

    static var unknown: TestServer.Answer {
        refusal(
            401, code: nil, "Invalid username or password.",
            headers: ["WWW-Authenticate": "Bearer realm=\"Authentication required\", charset=\"UTF-8\""])
    }

    static func gated(_ id: String, isKnown: Bool) -> TestServer.Answer {
        refusal(
            isKnown ? 403 : 401, code: "GatedRepo", "Access to model \(id) is restricted.")
    }
}
