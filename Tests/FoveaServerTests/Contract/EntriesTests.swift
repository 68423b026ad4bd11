import FoveaCore
import FoveaServer
import Testing

@Suite struct EntriesTests {
    @Test func readsWhatImmichSends() throws {
        #expect(
            try parse(#"{"clip":{"visual":{"modelName":"ViT-B-32__openai"}}}"#)
                == [.clipVisual(model: "ViT-B-32__openai")])
        #expect(
            try parse(#"{"clip":{"textual":{"modelName":"nllb","options":{"language":"de"}}}}"#)
                == [.clipTextual(model: "nllb", language: "de")])
        #expect(
            try parse(
                #"""
                {"facial-recognition":{"detection":{"modelName":"buffalo_l","options":{"minScore":0.6}},
                "recognition":{"modelName":"buffalo_l"}}}
                """#)
                == [.faceDetection(model: "buffalo_l", minScore: 0.6), .faceRecognition(model: "buffalo_l")])
        #expect(
            try parse(
                #"""
                {"ocr":{"detection":{"modelName":"o","options":{"minScore":0.4,"maxResolution":960}},
                "recognition":{"modelName":"o","options":{"minScore":0.8}}}}
                """#)
                == [
                    .textDetection(model: "o", minScore: 0.4, maxResolution: 960),
                    .textRecognition(model: "o", minScore: 0.8),
                ])
    }

    @Test func optionsHaveDefaults() throws {
        #expect(
            try parse(
                #"""
                {"ocr":{"recognition":{"modelName":"o"},"detection":{"modelName":"o","options":{}}},
                "facial-recognition":{"detection":{"modelName":"f"}},"clip":{"textual":{"modelName":"c"}}}
                """#)
                == [
                    .textRecognition(model: "o", minScore: 0.9),
                    .textDetection(model: "o", minScore: 0.5, maxResolution: 736),
                    .faceDetection(model: "f", minScore: 0.7), .clipTextual(model: "c", language: nil),
                ])
    }

    @Test func unknownOptionsAreIgnored() throws {
        #expect(
            try parse(
                #"{"clip":{"visual":{"modelName":"c","options":{"cache_dir":"/x","language":5,"minScore":null}}}}"#
            )
                == [.clipVisual(model: "c")])
        #expect(
            try parse(#"{"clip":{"textual":{"modelName":"c","options":{"language":null,"x":[]}}}}"#)
                == [.clipTextual(model: "c", language: nil)])
    }

    @Test(arguments: [
        ("0", Float(0)), ("1", 1), ("-1", -1), ("0.25", 0.25), ("\"0.25\"", 0.25), ("\" 1e-1 \"", 0.1),
        ("1e2", 100),
    ])
    func scoresMayBeTexts(_ literal: String, _ score: Float) throws {
        #expect(
            try parse(
                #"{"facial-recognition":{"detection":{"modelName":"f","options":{"minScore":\#(literal)}}}}"#)
                == [.faceDetection(model: "f", minScore: score)])
    }

    @Test(arguments: [
        ("1", 1), ("736.0", 736), ("\"960\"", 960), ("7.36e2", 736), ("99999999999999999999", Int(Int32.max)),
        ("1e300", Int(Int32.max)),
    ])
    func resolutionsMayBeTexts(_ literal: String, _ resolution: Int) throws {
        #expect(
            try parse(#"{"ocr":{"detection":{"modelName":"o","options":{"maxResolution":\#(literal)}}}}"#)
                == [.textDetection(model: "o", maxResolution: resolution)])
    }

    @Test(arguments: [
        #""minScore":null"#, #""minScore":"""#, #""minScore":"a""#, #""minScore":"nan""#,
        #""minScore":"inf""#,
        #""minScore":1e999"#, #""minScore":1e300"#, #""minScore":[]"#, #""minScore":{}"#, #""minScore":true"#,
        #""minScore":"0x1p3""#, #""maxResolution":0"#, #""maxResolution":-1"#, #""maxResolution":1.5"#,
        #""maxResolution":null"#, #""maxResolution":"x""#, #""maxResolution":1e999"#,
        #""maxResolution":true"#,
    ])
    func badOptionsAre422(_ option: String) {
        let entries = #"{"ocr":{"detection":{"modelName":"o","options":{\#(option)}}}}"#
        #expect(status { try parse(entries) } == 422)
        #expect(detail { try parse(entries) }?.hasPrefix("Invalid request format: the option ") == true)
    }

    @Test func aLanguageIsAStringOrNull() {
        for value in ["1", "[]", "{}", "true"] {
            #expect(
                status {
                    try parse(#"{"clip":{"textual":{"modelName":"c","options":{"language":\#(value)}}}}"#)
                }
                    == 422)
        }
    }

    /// The texts of the contract.
    @Test(arguments: [
        "", "x", "{", "null", "[]", "1", "\"a\"", "NaN", #"{"clip":{"visual":{"modelName":NaN}}}"#,
        #"{"clip":[]}"#,
        #"{"clip":null}"#, #"{"clip":"x"}"#, #"{"clip":{"visual":{}}}"#,
        #"{"clip":{"visual":{"modelName":1}}}"#,
        #"{"clip":{"visual":{"modelName":null}}}"#,
        #"{"ocr":{"detection":{"modelName":"o","options":{"minScore":NaN}}}}"#,
    ])
    func malformedEntriesHaveTheContractsText(_ entries: String) {
        #expect(status { try parse(entries) } == 422)
        #expect(detail { try parse(entries) } == "Invalid request format.")
    }

    @Test(arguments: [
        (#"{"clip":{"visual":"x"}}"#, "'clip/visual' is a string, not an object"),
        (#"{"clip":{"visual":null}}"#, "'clip/visual' is null, not an object"),
        (#"{"zip":{}}"#, "there is no task called 'zip', only 'clip', 'facial-recognition', 'ocr'"),
        (#"{"clip":{"detection":{"modelName":"a"}}}"#, "there is no type of task 'clip' called 'detection'"),
        (#"{"clip":{"visual":{"modelName":"a","options":null}}}"#, "the options of 'clip/visual' are null"),
        (#"{"clip":{"visual":{"modelName":"a","x":1}}}"#, "there is no key of 'clip/visual' called 'x'"),
    ])
    func theStrictSchemaSaysWhatIsWrong(_ entries: String, _ reason: String) {
        #expect(status { try parse(entries) } == 422)
        #expect(detail { try parse(entries) }?.hasPrefix("Invalid request format: \(reason)") == true)
    }

    @Test func nothingToDoIsRefused() {
        for entries in ["{}", #"{"clip":{}}"#, #"{"clip":{},"ocr":{}}"#] {
            #expect(status { try parse(entries) } == 422)
            #expect(detail { try parse(entries) } == "No model task requested.")
        }
    }

    @Test(arguments: [
        "", ".", "..", "a/", "../", "\\u0000", "a\\nb", "x/\\u0000y", String(repeating: "a", count: 256),
    ])
    func namesThatNameNothingAre422(_ name: String) {
        #expect(status { try parse(#"{"clip":{"visual":{"modelName":"\#(name)"}}}"#) } == 422)
    }

    @Test func namesAreCleanedLater() throws {
        let steps = try parse(#"{"clip":{"visual":{"modelName":"../immich-app/ViT.-B-32::openai"}}}"#)
        #expect(steps.map(\.model.name) == ["ViT-B-32__openai"])
    }

    /// The mark makes one character of itself and the slash; cleaning is not fooled.
    @Test func separatorsWithMarksOnThemAreCleanedToo() throws {
        let steps = try parse(#"{"clip":{"visual":{"modelName":"x/\u0301y"}}}"#)
        #expect(steps.map { Array($0.model.name.unicodeScalars) } == [["\u{301}", "y"]])
    }

    @Test func theLastOfEqualKeysWins() throws {
        #expect(
            try parse(
                #"{"clip":{"visual":{"modelName":"a"}},"clip":{"visual":{"modelName":"b","modelName":"c"}}}"#)
                == [.clipVisual(model: "c")])
    }

    @Test func manyEntriesAndDeepOnesAreRefused() {
        let many = (0..<200).map { #""t\#($0)":{"x":{"modelName":"m"}}"# }.joined(separator: ",")
        #expect(status { try parse("{\(many)}") } == 422)
        #expect(status { try parse(String(repeating: "{\"clip\":", count: 10_000)) } == 422)
    }

    @Test func entriesAreUTF8() {
        #expect(status { try Entries.parse([0x7B, 0xFF, 0x7D]) } == 400)
        #expect(detail { try Entries.parse([0x7B, 0xFF, 0x7D]) } == "'entries' is not valid UTF-8.")
    }

    @Test func whatIsRepeatedIsShortAndPrintable() {
        let name = String(repeating: "\\u001b[31m", count: 1000)
        let text = detail { try parse(#"{"\#(name)":{}}"#) }
        #expect(text?.contains("\\u{1B}[31m") == true || text?.contains("\\u{001B}[31m") == true)
        #expect((text?.count ?? 0) < 1000)
    }

    private func parse(_ text: String) throws -> [PredictionRequest.Step] {
        try Entries.parse(Array(text.utf8))
    }
}
