import FoveaServer
import Testing

@Suite struct MultipartParserTests {
    typealias Part = MultipartParser.Part

    /// Bodies and the parts in them.
    private static let bodies: [(String, String, [Part])] = [
        (
            "two fields",
            "--b\r\n\(field("a"))\r\n\r\none\r\n--b\r\n\(file("image"))\r\n\r\ntwo\r\n--b--\r\n",
            [part("a", "one"), part("image", "two", isFile: true)]
        ),
        ("no part", "--b--", []),
        ("no part, but an epilogue", "--b--\r\nbye", []),
        (
            "preamble and epilogue",
            "hello\r\nthere --b\r\n--b\r\n\(field("a"))\r\n\r\none\r\n--b--\r\n--b\r\nnot a part\r\n--b--",
            [part("a", "one")]
        ),
        ("empty content", "--b\r\n\(field("a"))\r\n\r\n\r\n--b--", [part("a", "")]),
        ("content that is a line end", "--b\r\n\(field("a"))\r\n\r\n\r\n\r\n--b--", [part("a", "\r\n")]),
        (
            "content like a delimiter",
            "--b\r\n\(field("a"))\r\n\r\n--b\r\n--bX\r\n--b -\r\n--b-\r\r\n--\r\n-\r\n\n--b--\r\n--b\r\r\n--b--",
            [part("a", "--b\r\n--bX\r\n--b -\r\n--b-\r\r\n--\r\n-\r\n\n--b--\r\n--b\r")]
        ),
        (
            "blanks behind a delimiter",
            "--b \t\r\n\(field("a"))\r\n\r\none\r\n--b  \r\n\(field("c"))\r\n\r\n\r\n--b-- \r\n",
            [part("a", "one"), part("c", "")]
        ),
        (
            "header of all sorts",
            "--b\r\nX-Other: 1\r\nCONTENT-DISPOSITION:form-data ; NAME = a\r\ncontent-type: a/b\r\n\r\n1\r\n--b--",
            [part("a", "1")]
        ),
        ("no disposition", "--b\r\n\r\n1\r\n--b--", [part(nil, "1")]),
    ]

    @Test func findsTheParts() throws {
        for (name, body, parts) in Self.bodies {
            let result = MultipartParser.parts(of: Array(body.utf8), boundary: "b")
            #expect(try result.get() == parts, "\(name)")
        }
    }

    @Test func cutsMakeNoDifference() throws {
        for (name, body, parts) in Self.bodies {
            let bytes = Array(body.utf8)
            for first in 0...bytes.count {
                for second in first...bytes.count where second < first + 12 || second == bytes.count {
                    let result = MultipartParser.parts(of: bytes, boundary: "b", cutAt: [first, second])
                    #expect(try result.get() == parts, "\(name), cut at \(first) and \(second)")
                }
            }
            let result = MultipartParser.parts(of: bytes, boundary: "b", cutAt: Array(bytes.indices))
            #expect(try result.get() == parts, "\(name), byte by byte")
        }
    }

    @Test func binaryContentComesThroughUnchanged() throws {
        var generator = SplitMix(state: 3)
        let delimiter = Array("\r\n--b".utf8)
        // Mostly bytes that delimiters are made of.
        let alphabet = delimiter + [0, 0xFF]
        for _ in 0..<300 {
            var content = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            // A line of just the delimiter would end the part.
            while let start = content.firstRange(of: delimiter) { content[start.lowerBound] = 0 }
            let body = Array("--b\r\n\(Self.field("a"))\r\n\r\n".utf8) + content + Array("\r\n--b--".utf8)
            let cuts = (0..<5).map { _ in Int.random(in: 0...body.count, using: &generator) }
            let parts = try MultipartParser.parts(of: body, boundary: "b", cutAt: cuts).get()
            #expect(parts.map(\.content) == [content])
        }
    }

    @Test func everyIncompleteBodyIsRefused() {
        let body = Array("--b\r\n\(Self.field("a"))\r\n\r\none\r\n--b--".utf8)
        for length in body.indices {
            let result = MultipartParser.parts(of: Array(body[..<length]), boundary: "b")
            #expect(throws: MultipartParser.Failure.self) { try result.get() }
        }
    }

    @Test(arguments: [
        ("--b\nContent-Disposition: form-data; name=a\n\none\n--b--", "boundary was not found"),
        ("--b\r\n\(field("a"))\n\r\none\r\n--b--", "ends with LF alone"),
        ("--b\r\nno colon\r\n\r\none\r\n--b--", "not 'Name: value'"),
        ("--b\r\n: empty\r\n\r\none\r\n--b--", "not 'Name: value'"),
        ("--b\r\n folded: x\r\n\r\none\r\n--b--", "not 'Name: value'"),
        ("--c\r\n\(field("a"))\r\n\r\none\r\n--c--", "boundary was not found"),
        ("--b\r\n\(field("a"))\r\n\r\none", "before its closing boundary"),
        ("--b\r\n\(String(repeating: "a: b\r\n", count: 17))\r\none\r\n--b--", "more than 16 lines"),
        ("--b\r\na: \(String(repeating: "b", count: 9000))\r\n\r\none\r\n--b--", "longer than 8192 bytes"),
        ("--b\r\na: \(String(repeating: "b", count: 9000))", "longer than 8192 bytes"),
    ])
    func saysWhatIsWrong(_ body: String, _ reason: String) {
        for cuts in [[], Array(0..<body.utf8.count)] {
            let failure = #expect(throws: MultipartParser.Failure.self) {
                try MultipartParser.parts(of: Array(body.utf8), boundary: "b", cutAt: cuts).get()
            }
            #expect(failure?.reason.contains(reason) == true)
        }
    }

    @Test func changedBytesNeverCrash() {
        let body = Array(
            "--b\r\n\(Self.field("a"))\r\n\r\none\r\n--b\r\n\(Self.file("i"))\r\n\r\ntwo\r\n--b--\r\n".utf8)
        var generator = SplitMix(state: 4)
        for _ in 0..<5_000 {
            var changed = body
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            let cut = Int.random(in: 0...changed.count, using: &generator)
            let whole = MultipartParser.parts(of: changed, boundary: "b")
            #expect(whole == MultipartParser.parts(of: changed, boundary: "b", cutAt: [cut]))
        }
    }

    private static func field(_ name: String) -> String { "Content-Disposition: form-data; name=\"\(name)\"" }

    private static func file(_ name: String) -> String {
        "\(field(name)); filename=\"blob\"\r\nContent-Type: application/octet-stream"
    }

    private static func part(_ name: String?, _ content: String, isFile: Bool = false) -> Part {
        Part(header: PartHeader(name: name, isFile: isFile), content: Array(content.utf8))
    }
}
