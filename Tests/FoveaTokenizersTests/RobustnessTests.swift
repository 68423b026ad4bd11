import FoveaCore
import FoveaTokenizers
import Testing

/// No bytes make loading or encoding crash, hang, or eat all memory.
struct RobustnessTests {
    private static let text = "The  cat's\u{301} <s> 12 北京 👨‍👩‍👧 \u{0}\u{FFFF}\n"

    /// Loads, and if that works encodes; errors are fine if they are ours.
    private func tryOut(_ json: [UInt8]) {
        do {
            let tokenizer = try Tokenizer(json: json)
            _ = try tokenizer.encode(Self.text)
            _ = try tokenizer.encode(Self.text, maxLength: 3)
            _ = tokenizer.id(of: "a")
        } catch {
            #expect(error is FoveaError)
        }
    }

    @Test func mutatedFilesDoNoHarm() throws {
        var random = SplitMix64(state: 20_26)
        let words = [
            "-1", "1e999", "4294967295", "18446744073709551616", "1152921504606846976", "0", "null", "{}",
            "[]",
            "\"\"", "true", "\"BPE\"", "\"Unigram\"", "\"WordPiece\"", "\"NFKC\"", "\"Metaspace\"",
            "\"\\ud800\"",
            "[[[[", "}}", "\\", "(((", "(a*)*b", "{100000}", "[^", "\\p{L}", "\u{FF}\u{80}",
        ].map { Array($0.utf8) }
        for component in try Fixtures.components.get() {
            // Large vocabularies are like small ones.
            guard component.json.count < 20_000 else { continue }
            for _ in 0..<40 {
                var json = component.json
                for _ in 0...Int(random.next() % 3) {
                    let place = Int(random.next() % UInt64(json.count))
                    let other = Int(random.next() % UInt64(json.count))
                    let range = min(place, other)..<min(max(place, other), min(place, other) + 40)
                    switch random.next() % 5 {
                    case 0: json[place] = UInt8(truncatingIfNeeded: random.next())
                    case 1: json.removeSubrange(range)
                    case 2: json.insert(contentsOf: json[range], at: place)
                    case 3: json.replaceSubrange(range, with: words[Int(random.next() % UInt64(words.count))])
                    default:
                        json.insert(contentsOf: words[Int(random.next() % UInt64(words.count))], at: place)
                    }
                    if json.isEmpty { json = [0] }
                }
                tryOut(json)
            }
        }
    }

    @Test func numbersInAFileMayBeAnything() throws {
        let numbers = ["-1", "4294967294", "4294967295", "1152921504606846976", "0", "1e3", "0.5"]
        for component in try Fixtures.components.get() where component.json.count < 20_000 {
            // Each number in turn, at most 60 of them.
            let starts = component.json.indices.filter {
                component.json[$0] &- 0x30 < 10 && $0 > 0
                    && [0x3A, 0x2C, 0x5B].contains(component.json[$0 - 1])
            }
            for (index, start) in starts.enumerated() where index % (starts.count / 60 + 1) == 0 {
                let end = component.json[start...].firstIndex { $0 &- 0x30 >= 10 } ?? start
                var json = component.json
                json.replaceSubrange(start..<end, with: Array(numbers[index % numbers.count].utf8))
                tryOut(json)
            }
        }
    }

    @Test(arguments: [
        "", " ", "nul", "\"", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "1.", "-", "[1 2]", "{} {}",
        "\"\\u12\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\u{1}\"", "\u{FEFF}{}",
    ])
    func whatIsNotJSONIsRefused(text: String) {
        let error = #expect(throws: FoveaError.self) { try Tokenizer(json: Array(text.utf8)) }
        #expect(error?.message.contains("JSON") == true)
    }

    @Test func deepNestingIsRefused() {
        for bracket in ["[", "{\"a\":", "[{\"a\":"] {
            tryOut(Array(String(repeating: bracket, count: 1_000_000).utf8))
        }
        let deep = String(repeating: #"{"type":"Sequence","normalizers":["#, count: 5_000)
        tryOut(Array((#"{"model":{},"normalizer":"# + deep).utf8))
    }

    @Test func invalidUTF8IsRefused() {
        #expect(throws: FoveaError.self) { try Tokenizer(json: [0x7B, 0x22, 0xFF, 0x22, 0x7D]) }
        var random = SplitMix64(state: 1)
        for _ in 0..<1_000 {
            tryOut((0..<64).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        }
    }

    private func replacing(_ steps: [(pattern: String, content: String)]) -> [UInt8] {
        let list = steps.map {
            #"{"type":"Replace","pattern":{"Regex":"\#($0.pattern)"},"content":"\#($0.content)"}"#
        }
        let model = #"{"type":"Unigram","unk_id":0,"vocab":[["?",0.0],["a",-1.0]]}"#
        return Array(
            #"{"normalizer":{"type":"Sequence","normalizers":[\#(list.joined(separator: ","))]},"model":\#(model)}"#
                .utf8)
    }

    @Test func textThatGrowsWithoutEndIsRefused() throws {
        let tokenizer = try Tokenizer(json: replacing(Array(repeating: ("a", "aaaaaaaaaa"), count: 100)))
        let error = #expect(throws: FoveaError.self) { try tokenizer.encode("a") }
        #expect(error?.code == .modelInvalid)
    }

    @Test(arguments: ["(a*)*b", "(a|aa)+b", "(a+)+b", "(?:a?){40}b", "(?=(a*)*b)", "((a|b)*)*c"])
    func aPatternThatTakesTooLongIsRefused(pattern: String) throws {
        let tokenizer = try Tokenizer(json: replacing([(pattern, "")]))
        // Either it copes or it says so.
        do {
            _ = try tokenizer.encode(String(repeating: "a", count: 2_000))
        } catch {
            #expect((error as? FoveaError)?.message.contains("too long") == true)
        }
    }

    /// A megabyte each: neither quadratic time nor deep recursion.
    @Test(arguments: ["clip-bpe", "gemma-like-bpe", "siglip-like-unigram", "bert-wordpiece", "nllb-like-bpe"])
    func aMegabyteIsNoTrouble(name: String) throws {
        let tokenizer = try Tokenizer(json: Fixtures.tokenizer(name))
        let word = String(repeating: "a", count: 1_000_000)
        #expect(try tokenizer.encode(word, maxLength: 77).count <= 77)
        for text in [
            word, String(repeating: " ", count: 1_000_000) + "x",
            String(repeating: "e\u{301}", count: 300_000),
        ] {
            #expect(try !tokenizer.encode(text).isEmpty)
        }
    }
}

/// Sebastiano Vigna's SplitMix64: numbers that are the same in every run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
