import FoveaServer
import Testing

@Suite struct JSONParserTests {
    @Test(arguments: [
        ("null", JSONValue.null),
        (" \t\r\n true ", .bool(true)),
        ("false", .bool(false)),
        ("-0.5e+10", .number("-0.5e+10")),
        ("0", .number("0")),
        ("[]", .array([])),
        ("[1, \"a\"]", .array([.number("1"), .string("a")])),
        ("{}", .object([])),
        (#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#, .string("\"\\/\u{8}\u{C}\n\r\té😀é")),
    ])
    func reads(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == value)
    }

    @Test func theLastOfEqualNamesWinsInTheFirstOnesPlace() throws {
        let value = try JSONParser.parse(Array(#"{"b":1,"a":2,"b":3}"#.utf8))
        guard case .object(let members) = value else { return #expect(Bool(false)) }
        #expect(members.map(\.name) == ["b", "a"])
        #expect(members.map(\.value) == [.number("3"), .number("2")])
    }

    @Test(arguments: [
        "", " ", "nul", "NaN", "Infinity", "-Infinity", "-", "01", "1.", ".5", "1e", "+1", "0x10", "'a'",
        "\"a", "\"\\x\"",
        "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\u{1}\"", "[", "[1", "[1,",
        "[1,]", "{", "{a:1}",
        "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{} {}", "// a", "\u{FEFF}{}",
    ])
    func refuses(_ text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func refusesBytesThatAreNotUTF8() {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    }

    @Test func nestingHasALimit() throws {
        let depth = JSONParser.maximumDepth
        let deep = String(repeating: "[", count: depth + 1) + String(repeating: "]", count: depth + 1)
        _ = try JSONParser.parse(Array(deep.utf8))
        for opening in ["[", "{\"a\":"] {
            let tooDeep = String(repeating: opening, count: 100_000)
            let failure = #expect(throws: JSONParser.Failure.self) {
                try JSONParser.parse(Array(tooDeep.utf8))
            }
            #expect(failure?.reason == "it is nested too deep")
        }
    }

    @Test func manyMembersTakeNoQuadraticTime() throws {
        let members = (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",")
        guard case .object(let read) = try JSONParser.parse(Array("{\(members)}".utf8)) else {
            return #expect(Bool(false))
        }
        #expect(read.count == 100_000)
    }

    @Test func noCutOfADocumentIsADocument() throws {
        let text = Array(
            #"{"clip":{"visual":{"modelName":"a\u00e9b","options":{"x":[1.5e3,null,true]}}}}"#.utf8)
        _ = try JSONParser.parse(text)
        for length in text.indices {
            #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text[..<length])) }
        }
    }

    @Test func changedBytesNeverCrash() {
        let text = Array(
            #"{"clip":{"visual":{"modelName":"a\u00e9b","options":{"x":[1.5e3,null,true]}}}}"#.utf8)
        var generator = SplitMix(state: 2)
        for _ in 0..<20_000 {
            var changed = text
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            _ = try? JSONParser.parse(changed)
        }
    }
}
