import FoveaServer
import HTTPTypes
import Testing

@Suite struct AccessRulesTests {
    private static let secret = "0123456789abcdef"

    @Test func anOpenServiceLetsEverybodyIn() throws {
        let rules = AccessRules()
        #expect(rules.isOpen)
        for path in ["/", "/predict", "/health", "/nope"] {
            #expect(try rules.admit(path, authorization: nil, from: "203.0.113.9") == path)
        }
    }

    // MARK: Tokens

    @Test(arguments: ["Bearer one", "bearer one", "BEARER  two ", "Bearer two"])
    func aTokenOpens(_ authorization: String) throws {
        let rules = AccessRules(tokens: [Secret("one"), Secret("two")])
        #expect(try rules.admit("/predict", authorization: authorization, from: "") == "/predict")
        #expect(try rules.admit("/metrics", authorization: authorization, from: "") == "/metrics")
    }

    @Test(arguments: [
        nil, "", "Bearer", "Bearer ", "Bearer on", "Bearer one2", "Bearer ONE", "Basic one", "one",
        "Bearer one two",
        "Token one", "Bearerone",
    ])
    func anythingElseIsTurnedAway(_ authorization: String?) {
        let rules = AccessRules(tokens: [Secret("one"), Secret("two")])
        for path in [
            "/predict", "/", "/health", "/metrics", "/docs", "/v2/models/m/ready", "/nope", "/ping/",
        ] {
            let problem = problem(rules, path, authorization)
            #expect(problem?.status == .unauthorized)
        }
    }

    // MARK: The secret path

    @Test(arguments: [
        ("/0123456789abcdef/predict", "/predict"), ("/0123456789abcdef/", "/"), ("/0123456789abcdef", "/"),
        ("/0123456789abcdef/health/live", "/health/live"), ("/0123456789abcdef//predict", "//predict"),
    ])
    func theSecretPathOpens(_ path: String, _ inner: String) throws {
        let rules = AccessRules(secretPath: Secret(Self.secret))
        #expect(try rules.admit(path, authorization: nil, from: "203.0.113.9") == inner)
    }

    /// Who does not know it is not even told that there is one.
    @Test(arguments: [
        "/", "/predict", "/health", "/0123456789abcde/predict", "/0123456789abcdefg/predict",
        "/0123456789ABCDEF/predict", "//0123456789abcdef/predict", "/predict/0123456789abcdef", "*", "",
        "0123456789abcdef/predict", "/0123456789abcde%66/predict",
    ])
    func otherPathsAreNotFound(_ path: String) {
        let rules = AccessRules(secretPath: Secret(Self.secret))
        let problem = problem(rules, path, "Bearer \(Self.secret)")
        #expect(problem?.status == .notFound)
        #expect(problem?.body == HTTPProblem.notFound.body)
    }

    @Test func eitherOfTheTwoOpens() throws {
        let rules = AccessRules(tokens: [Secret("one")], secretPath: Secret(Self.secret))
        #expect(try rules.admit("/predict", authorization: "Bearer one", from: "") == "/predict")
        #expect(try rules.admit("/\(Self.secret)/predict", authorization: nil, from: "") == "/predict")
        #expect(problem(rules, "/predict", nil)?.status == .unauthorized)
    }

    /// What says yes or no, and nothing else.
    @Test(arguments: ["/ping", "/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready"])
    func whetherItLivesIsNoSecret(_ path: String) throws {
        for rules in [AccessRules(tokens: [Secret("one")]), AccessRules(secretPath: Secret(Self.secret))] {
            #expect(try rules.admit(path, authorization: nil, from: "203.0.113.9") == path)
        }
    }

    // MARK: Networks

    @Test func networksAreForWhoeverIsInThem() throws {
        let rules = AccessRules(networks: [try #require(ClientNetwork("192.168.1.0/24"))])
        #expect(!rules.isOpen && !rules.asksForSecret)
        for client in [
            "192.168.1.7", "::ffff:192.168.1.7", "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1",
        ] {
            #expect(rules.letsConnect(client, to: "192.168.1.2"))
        }
        for client in ["192.168.2.7", "203.0.113.9", "fe80::1", "", nil] {
            #expect(!rules.letsConnect(client, to: "192.168.1.2"))
        }
    }

    /// Whatever address of its own it asks at.
    @Test func theMachineItselfMayAlwaysConnect() throws {
        let rules = AccessRules(networks: [try #require(ClientNetwork("192.168.1.0/24"))])
        #expect(rules.letsConnect("203.0.113.9", to: "203.0.113.9"))
        #expect(!rules.letsConnect("203.0.113.9", to: "203.0.113.10"))
        #expect(!rules.letsConnect(nil, to: nil))
    }

    @Test func withoutNetworksEverybodyMay() {
        for rules in [AccessRules(), AccessRules(tokens: [Secret("one")])] {
            #expect(rules.letsConnect("203.0.113.9", to: "192.168.1.2"))
            #expect(rules.letsConnect(nil, to: nil))
        }
    }

    // MARK: Secrets

    @Test func secretsDoNotShow() {
        let rules = AccessRules(tokens: [Secret("hidden-token")], secretPath: Secret("hidden-path"))
        var dumped = ""
        dump(rules, to: &dumped)
        for text in ["\(rules)", String(reflecting: rules), dumped] { #expect(!text.contains("hidden")) }
        for problem in [problem(rules, "/hidden-pat/x", "Bearer hidden-toke"), problem(rules, "/x", nil)] {
            let text = "\(problem?.body.text ?? "hidden") \(problem?.reason ?? "hidden")"
            #expect(!text.contains("hidden"))
        }
    }

    private func problem(
        _ rules: AccessRules, _ path: String, _ authorization: String?
    ) -> HTTPProblem? {
        do throws(HTTPProblem) {
            _ = try rules.admit(path, authorization: authorization, from: "203.0.113.9")
            return nil
        } catch { return error }
    }
}
