package import FoveaDownload

/// What a file of a model is found to be. Pure.
package struct FileVerdict: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        /// It has the hash that it should have.
        case right
        case wrongSize(expected: Int, found: Int)
        case wrongHash(expected: FileHash)
        /// It should be there.
        case missing
        /// Nothing says what it should be.
        case unknown
        /// It is there, and cannot be read.
        case unreadable(String)
    }

    /// What says what a file should be.
    package enum Witness: String, Sendable, Hashable, Codable {
        /// What Fovea noted down when it put the file there.
        case manifest
        /// What Immich's downloader noted down.
        case downloader
        /// What a source says now.
        case source
    }

    /// What a file should be.
    package struct Expectation: Sendable, Hashable {
        package var byteCount: Int?
        package var hash: FileHash?
        package var witness: Witness
        /// The commit that the file is of, where that is known.
        package var commit: String?

        package init(
            byteCount: Int? = nil, hash: FileHash?, witness: Witness, commit: String? = nil
        ) {
            self.byteCount = byteCount
            self.hash = hash
            self.witness = witness
            self.commit = commit
        }
    }

    /// What a file is.
    package enum Found: Sendable, Hashable {
        case nothing
        /// The digests are `nil` where the size said enough.
        case file(byteCount: Int, digests: FileDigests?)
        case unreadable(String)
    }

    /// From the model's folder on.
    package var path: String
    package var state: State
    package var expectation: Expectation?

    package init(_ path: String, _ found: Found, _ expectation: Expectation?) {
        self.path = path
        self.expectation = expectation
        state = Self.state(found, expectation)
    }

    /// Whether it should be replaced.
    package var isBroken: Bool {
        switch state {
        case .right, .unknown: false
        case .wrongSize, .wrongHash, .missing, .unreadable: true
        }
    }

    private static func state(_ found: Found, _ expectation: Expectation?) -> State {
        switch (found, expectation) {
        case (.unreadable(let reason), _): return .unreadable(reason)
        case (.nothing, nil): return .unknown
        case (.nothing, _): return .missing
        case (.file, nil): return .unknown
        case (.file(let bytes, let digests), let expectation?):
            if let expected = expectation.byteCount, expected != bytes {
                return .wrongSize(expected: expected, found: bytes)
            }
            guard let hash = expectation.hash else { return .unknown }
            return digests?.match(hash) == true ? .right : .wrongHash(expected: hash)
        }
    }
}

extension FileVerdict: CustomStringConvertible {
    /// What was found, for people.
    package var description: String {
        switch state {
        case .right: "right"
        case .wrongSize(let expected, let found): "wrong: \(found) bytes instead of \(expected)"
        case .wrongHash(let expected): "wrong: its contents are not those of \(expected)"
        case .missing: "missing"
        case .unknown: "unknown: nothing says what it should be"
        case .unreadable(let reason): "unreadable: \(reason)"
        }
    }

    /// As one word, for programs.
    package var word: String {
        switch state {
        case .right: "right"
        case .wrongSize: "wrong size"
        case .wrongHash: "wrong hash"
        case .missing: "missing"
        case .unknown: "unknown"
        case .unreadable: "unreadable"
        }
    }
}
