import Foundation
import FoveaCore
import FoveaDemoKit
import Testing

@Suite struct ExpectationTests {
    private func expectations(_ json: String) throws -> Expectations {
        let folder = try TemporaryFolder()
        return try Expectations(file: try folder.add("expectations.json", json))
    }

    private func empty(replacing key: String, with json: String) throws -> Expectations {
        var parts = [
            "queries": "[]", "people": #"{"counts":{},"same":[],"different":[]}"#, "texts": "[]",
        ]
        parts[key] = json
        return try expectations("{" + parts.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}")
    }

    private let findings = Findings(
        [
            PhotoResult("a.jpg", embedding: [1, 0], faces: [[1, 0]]),
            PhotoResult("b.jpg", embedding: [1, 0.1], faces: [[1, 0.1], [0, 1]]),
            PhotoResult("c.jpg", embedding: [0, 1], lines: ["Tourist", "information"]),
        ], queries: [("right", [1, 0])])

    @Test(arguments: [
        (#"["a.jpg"]"#, true), (#"["b.jpg","a.jpg"]"#, true), (#"["b.jpg"]"#, false),
        (#"["a.jpg","c.jpg"]"#, false),
    ])
    func photosFillTheFirstPlaces(first: String, holds: Bool) throws {
        let truth = try empty(replacing: "queries", with: #"[{"text":"right","first":\#(first)}]"#)
        #expect(truth.checks(of: findings).map(\.holds) == [holds])
    }

    @Test func aSearchThatWasNotMadeDoesNotHold() throws {
        let truth = try empty(replacing: "queries", with: #"[{"text":"left","first":["a.jpg"]}]"#)
        #expect(truth.checks(of: findings).map(\.holds) == [false])
    }

    @Test func peopleAreCountedComparedAndToldApart() throws {
        let truth = try empty(
            replacing: "people",
            with: #"""
                {"counts":{"a.jpg":1,"b.jpg":1,"c.jpg":0},"same":[["a.jpg","b.jpg"],["a.jpg","c.jpg"]],
                "different":[["a.jpg","c.jpg"],["a.jpg","b.jpg","c.jpg"]]}
                """#)
        let checks = truth.checks(of: findings)
        #expect(checks.map(\.holds) == [true, false, true, true, false, true, false])
        #expect(checks[1].found == "2")
        #expect(checks[6].found == "one person in a.jpg, b.jpg")
    }

    @Test(arguments: [
        (#"["Tourist information"]"#, true), (#"["Tour","mation"]"#, true), (#"["tourist"]"#, false),
        (#"["Tourist","Castle"]"#, false),
    ])
    func textsAreReadAcrossLines(contains: String, holds: Bool) throws {
        let truth = try empty(replacing: "texts", with: #"[{"photo":"c.jpg","contains":\#(contains)}]"#)
        #expect(truth.checks(of: findings).map(\.holds) == [holds])
    }

    @Test func aFileThatIsNoExpectationsIsAnError() throws {
        #expect(throws: FoveaError.self) { try expectations("{}") }
        #expect(throws: FoveaError.self) { try Expectations(file: URL(filePath: "/nowhere.json")) }
    }

    @Test func theSamplesAreAllThere() throws {
        let samples = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Samples"
        ).standardizedFileURL
        let truth = try Expectations(file: samples.appending(path: "expectations.json"))
        let names = Set(try PhotoFolder(samples).photos().map(\.name))
        var expected = Set(
            truth.queries.flatMap(\.first) + truth.people.counts.keys + truth.texts.map(\.photo))
        expected.formUnion(truth.people.same.joined())
        expected.formUnion(truth.people.different.joined())
        #expect(expected.subtracting(names) == [])
        #expect(truth.queries.count == 5)
        #expect(truth.texts.count > 1 && truth.people.same.count > 0)
    }
}
