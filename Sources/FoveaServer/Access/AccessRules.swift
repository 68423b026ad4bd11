import HTTPTypes

/// Who may use the service: everybody, unless something else is said.
///
/// ```swift
/// let rules = AccessRules(secretPath: Secret("3f9c…"))
/// let path = try rules.admit("/3f9c…/predict", authorization: nil, from: "192.168.1.7")  // "/predict"
/// ```
package struct AccessRules: Sendable, Equatable {
    /// Each opens the service, in `Authorization: Bearer <token>`.
    package var tokens: [Secret]
    /// Opens the service as the first part of the path, for clients that
    /// cannot send a header, such as Immich's server.
    package var secretPath: Secret?
    /// Where clients may come from; empty for anywhere. This machine always may.
    package var networks: [ClientNetwork]

    package init(tokens: [Secret] = [], secretPath: Secret? = nil, networks: [ClientNetwork] = []) {
        self.tokens = tokens
        self.secretPath = secretPath
        self.networks = networks
    }

    /// Whether a client needs to know something.
    package var asksForSecret: Bool { !tokens.isEmpty || secretPath != nil }

    /// Whether everybody who reaches the service may use it.
    package var isOpen: Bool { !asksForSecret && networks.isEmpty }

    /// Pages that say yes or no and nothing else, for those who look whether
    /// the service is alive: container engines, orchestrators, load balancers.
    private static let publicPages: Set<String> = [
        "/ping", "/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready",
    ]

    /// Whether a connection may come from there at all.
    ///
    /// - Parameters:
    ///   - client: the address it came from; `nil` where there is none.
    ///   - local: the address it came to. Who comes from the same is this machine.
    package func letsConnect(_ client: String?, to local: String?) -> Bool {
        guard !networks.isEmpty else { return true }
        guard let client else { return false }
        return client == local || (ClientNetwork.loopback + networks).contains { $0.contains(client) }
    }

    /// Lets a request in, or not.
    ///
    /// - Parameters:
    ///   - path: as it was asked for, without the query.
    ///   - authorization: the header of that name.
    ///   - client: the address it came from, for the log.
    /// - Returns: the path without the secret in it.
    /// - Throws: 401 for a client without a token; 404 where only a secret path
    ///   opens the service, so that it is not even told that there is one.
    package func admit(
        _ path: String, authorization: String?, from client: String
    ) throws(HTTPProblem) -> String {
        if let inner = inner(path) { return inner }
        guard asksForSecret, !Self.publicPages.contains(path) else { return path }
        if let authorization, isToken(authorization) { return path }
        throw tokens.isEmpty
            ? .secretUnknown(to: client) : .unauthorized(client, hasToken: authorization != nil)
    }

    /// What follows the secret part of a path, if that is there.
    private func inner(_ path: String) -> String? {
        guard let secretPath, path.hasPrefix("/") else { return nil }
        let first = path.dropFirst().prefix { $0 != "/" }
        guard secretPath.matches(first) else { return nil }
        let rest = path.dropFirst(1 + first.count)
        return rest.isEmpty ? "/" : String(rest)
    }

    /// The scheme's name is case-insensitive (RFC 9110, 11.1).
    private func isToken(_ authorization: String) -> Bool {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
        let guess = parts[1].trimmed
        // All of them, so that the time does not tell which one it was.
        return tokens.reduce(false) { $1.matches(guess) || $0 }
    }
}

extension HTTPProblem {
    /// 401: the client has no token, or a wrong one.
    fileprivate static func unauthorized(_ client: String, hasToken: Bool) -> Self {
        let what = hasToken ? "The token is not one of this service's." : "This service asks for a token."
        return HTTPProblem(
            .unauthorized, .detail("\(what) Send it in the header Authorization: Bearer <token>."),
            reason: "\(client) sent \(hasToken ? "a wrong" : "no") token (FOVEA_TOKEN)")
    }

    /// 404, and the same to see as for any page that does not exist.
    fileprivate static func secretUnknown(to client: String) -> Self {
        var problem = notFound
        problem.reason = """
            \(client) did not know the secret path (FOVEA_SECRET_PATH): the URL it was given is \
            http://<this host>:<port>/<secret>/, with the slash at its end
            """
        return problem
    }
}
