import Foundation
import FoveaCore
import FoveaTokenizers
import Testing

/// What the file may look like, and what is said of one that cannot be used.
struct FileTests {
    /// A word-level tokenizer with some fields replaced.
    private func file(
        model: String = #"{"type":"WordLevel","vocab":{"a":0,"b":1,"?":2},"unk_token":"?"}"#,
        _ fields: String = ""
    ) -> [UInt8] {
        Array(
            #"{"version":"1.0",\#(fields)"pre_tokenizer":{"type":"WhitespaceSplit"},"model":\#(model)}"#.utf8)
    }

    private func message(_ json: [UInt8]) -> String {
        do {
            _ = try Tokenizer(json: json)
            return "no error"
        } catch let error as FoveaError {
            return error.code == .modelInvalid ? error.message : "wrong code"
        } catch {
            return "wrong error"
        }
    }

    @Test func aMinimalFileWorks() throws {
        #expect(try Tokenizer(json: file()).encode("a b c") == [0, 1, 2])
        #expect(try Tokenizer(json: file()).encode("") == [])
    }

    @Test func settingsForPaddingAndTruncationAreNotUsed() throws {
        let fields =
            #""truncation":{"max_length":1,"strategy":"LongestFirst","stride":0,"direction":"Right"},"#
            + #""padding":{"strategy":{"Fixed":9},"direction":"Right","pad_id":0,"pad_type_id":0,"pad_token":"a"},"#
        #expect(try Tokenizer(json: file(fields)).encode("a b c") == [0, 1, 2])
    }

    @Test func escapesInStringsAreRead() throws {
        let model =
            #"{"type":"WordLevel","unk_token":"?","vocab":{"\"\\\/":5,"\u0041\u00e9\ud83d\ude00":6,"x\u00007":7,"?":8}}"#
        let tokenizer = try Tokenizer(json: file(model: model))
        #expect(tokenizer.id(of: "\"\\/") == 5)
        #expect(tokenizer.id(of: "Aé😀") == 6)
        #expect(tokenizer.id(of: "x\u{0}7") == 7)
        // Canonically equal is not the same.
        #expect(tokenizer.id(of: "Ae\u{301}😀") == nil)
    }

    @Test func ofEqualTokensTheLastCounts() throws {
        let model = #"{"type":"WordLevel","vocab":{"a":0,"?":2,"a":7},"unk_token":"?"}"#
        #expect(try Tokenizer(json: file(model: model)).encode("a") == [7])
    }

    @Test func modelsWithoutATypeAreRecognised() throws {
        let bpe = #"{"vocab":{"a":0,"b":1,"ab":2},"merges":["#
        let comment = ##""#version: 0.2","a b"]}"##
        #expect(try Tokenizer(json: file(model: bpe + comment)).encode("ab") == [2])
        #expect(try Tokenizer(json: file(model: bpe + #"["a","b"]]}"#)).encode("ab") == [2])
        let unigram = #"{"unk_id":0,"vocab":[["?",0],["a",-1.5]]}"#
        #expect(try Tokenizer(json: file(model: unigram)).encode("a c") == [1, 0])
    }

    @Test(arguments: [
        (#""normalizer":{"type":"Transliterate"},"#, "normalizer is of type \"Transliterate\""),
        (
            #""normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Rot13"}]},"#,
            "normalizer.normalizers[1] is of type \"Rot13\""
        ),
        (#""normalizer":{"type":"Prepend"},"#, "normalizer has no prepend"),
        (#""normalizer":{"type":"Replace","pattern":{"Regex":"(a"},"content":""},"#, "unclosed group"),
        (#""normalizer":{"type":"Replace","pattern":{"Regex":"(a)\\1"},"content":""},"#, "not supported"),
        (#""normalizer":{"type":"Replace","pattern":{"Regex":"\\p{Klingon}"},"content":""},"#, "Klingon"),
        (#""normalizer":{"type":"Precompiled","precompiled_charsmap":"////"},"#, "cut off"),
        (#""post_processor":{"type":"Stamp"},"#, "post_processor is of type \"Stamp\""),
        (
            #""post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}}],"pair":[],"special_tokens":{}},"#,
            "[CLS]"
        ),
        (
            #""post_processor":{"type":"TemplateProcessing","single":[{"Sequence":{"id":"B","type_id":0}}],"pair":[],"special_tokens":{}},"#,
            "second text"
        ),
        (#""added_tokens":[{"id":1,"content":"x"}],"#, "added_tokens[0] has no single_word"),
        (#""version":"2.0","#, "version"),
    ])
    func aBadComponentIsNamed(fields: String, expected: String) {
        let text = message(file(fields))
        #expect(text.contains(expected), "\(text)")
    }

    @Test(arguments: [
        (#"{"type":"Neural","vocab":{}}"#, "model is of type \"Neural\""),
        (#"{"type":"WordLevel","vocab":{"a":-1},"unk_token":"a"}"#, "token id"),
        (#"{"type":"WordLevel","vocab":{"a":1.5},"unk_token":"a"}"#, "token id"),
        (#"{"type":"WordLevel","vocab":{"a":1152921504606846976},"unk_token":"a"}"#, "token id"),
        (#"{"type":"WordLevel","vocab":[],"unk_token":"a"}"#, "vocab"),
        (#"{"type":"Unigram","vocab":[["a",0.0]],"unk_id":1}"#, "unk_id"),
        (#"{"type":"Unigram","vocab":[["a",1e999]],"unk_id":0}"#, "vocab entry 0"),
        (#"{"type":"BPE","vocab":{"a":0},"merges":["a b"]}"#, "merge"),
        (#"{"type":"BPE","vocab":{"a":0},"merges":["a"]}"#, "merge"),
        (#"{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}"#, "dropout"),
    ])
    func aBadModelIsExplained(model: String, expected: String) {
        let text = message(file(model: model))
        #expect(text.contains(expected), "\(text)")
    }

    @Test func aFileIsNamed() throws {
        let missing = URL(filePath: "/nowhere/tokenizer.json")
        let error = #expect(throws: FoveaError.self) { try Tokenizer(contentsOf: missing) }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains("/nowhere/tokenizer.json") == true)

        let bad = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID()).json")
        try Data("{}".utf8).write(to: bad)
        defer { try? FileManager.default.removeItem(at: bad) }
        let second = #expect(throws: FoveaError.self) { try Tokenizer(contentsOf: bad) }
        #expect(second?.message.contains(bad.path) == true)
        #expect(second?.message.contains("has no model") == true)
    }

    @Test func thereMustBeRoomForSpecialTokens() throws {
        let tokenizer = try Tokenizer(json: Fixtures.tokenizer("bert-wordpiece"))
        #expect(try tokenizer.encode("a cat", maxLength: 2) == [101, 102])
        for length in [1, 0, -1, .min] {
            let error = #expect(throws: FoveaError.self) { try tokenizer.encode("a cat", maxLength: length) }
            #expect(error?.code == .invalidRequest)
        }
    }

    @Test func aTokenizerWithoutUnknownTokenSaysSo() throws {
        let model = #"{"type":"Unigram","vocab":[["a",0.0]],"unk_id":null}"#
        let tokenizer = try Tokenizer(json: file(model: model))
        #expect(try tokenizer.encode("a a") == [0, 0])
        let error = #expect(throws: FoveaError.self) { try tokenizer.encode("b") }
        #expect(error?.message.contains("unk_id") == true)
    }
}
