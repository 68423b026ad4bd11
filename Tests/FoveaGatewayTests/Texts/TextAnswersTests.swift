import FoveaCore
import FoveaGateway
import Testing

/// Answers about texts, kept for those who ask the same again.
@Suite struct TextAnswersTests {
    private let start = SuspendingClock.Instant.now

    private func key(_ text: String, model: String = "a", language: String? = nil) throws -> TextAnswers.Key {
        try #require(
            TextAnswers.Key(
                PredictionRequest(
                    payload: .text(text), steps: [.clipTextual(model: model, language: language)])))
    }

    @Test func theSameTextHasTheSameAnswer() throws {
        var answers = TextAnswers(maxBytes: 1 << 20)
        answers.keep([1, 2], for: try key("a dog"), at: start)
        #expect(answers.find(try key("a dog"), at: start) == [1, 2])
    }

    @Test func anotherTextModelOrLanguageHasItsOwn() throws {
        var answers = TextAnswers(maxBytes: 1 << 20)
        answers.keep([1], for: try key("a dog"), at: start)
        #expect(answers.find(try key("a cat"), at: start) == nil)
        #expect(answers.find(try key("a dog", model: "b"), at: start) == nil)
        #expect(answers.find(try key("a dog", language: "de"), at: start) == nil)
    }

    @Test func picturesHaveNone() {
        let request = PredictionRequest(payload: .image([1]), steps: [.clipVisual(model: "a")])
        #expect(TextAnswers.Key(request) == nil)
        let mistake = PredictionRequest(payload: .text("a"), steps: [.clipVisual(model: "a")])
        #expect(TextAnswers.Key(mistake) == nil)
    }

    @Test func theOnesAskedForLongestAgoGoFirst() throws {
        // Room for three of 1 + 100 + 256 bytes.
        var answers = TextAnswers(maxBytes: 3 * 357)
        for text in ["a", "b", "c"] {
            answers.keep([UInt8](repeating: 0, count: 100), for: try key(text), at: start)
        }
        _ = answers.find(try key("a"), at: start)
        answers.keep([UInt8](repeating: 0, count: 100), for: try key("d"), at: start)
        #expect(answers.find(try key("b"), at: start) == nil)
        for text in ["a", "c", "d"] { #expect(answers.find(try key(text), at: start) != nil) }
        #expect(answers.count == 3)
        #expect(answers.bytes == 3 * 357)
    }

    @Test func whatIsTooLargeIsNotKept() throws {
        var answers = TextAnswers(maxBytes: 400)
        answers.keep([UInt8](repeating: 0, count: 100), for: try key("a"), at: start)
        answers.keep([UInt8](repeating: 0, count: 1000), for: try key("b"), at: start)
        #expect(answers.find(try key("a"), at: start) != nil)
        #expect(answers.find(try key("b"), at: start) == nil)
    }

    @Test func withoutRoomNothingIsKept() throws {
        var answers = TextAnswers(maxBytes: 0)
        answers.keep([1], for: try key("a"), at: start)
        #expect(answers.find(try key("a"), at: start) == nil)
    }

    @Test func aModelsAnswersGoWhenItIsLoaded() throws {
        var answers = TextAnswers(maxBytes: 1 << 20)
        answers.keep([1], for: try key("x", model: "a"), at: start)
        answers.keep([2], for: try key("x", model: "b"), at: start)
        answers.forget(ModelID(.clip, .textual, name: "a"))
        #expect(answers.find(try key("x", model: "a"), at: start) == nil)
        #expect(answers.find(try key("x", model: "b"), at: start) == [2])
    }

    @Test func theyGoAfterAnHour() throws {
        var answers = TextAnswers(maxBytes: 1 << 20)
        answers.keep([1], for: try key("a"), at: start)
        #expect(answers.find(try key("a"), at: start + .seconds(3599)) == [1])
        #expect(answers.find(try key("a"), at: start + .seconds(3600)) == nil)
        #expect(answers.bytes == 0)
    }

    @Test func manyUsesTakeNoMoreRoom() throws {
        var answers = TextAnswers(maxBytes: 1 << 20)
        for text in ["a", "b"] { answers.keep([1], for: try key(text), at: start) }
        for _ in 0..<10_000 { _ = answers.find(try key("a"), at: start) }
        #expect(answers.count == 2)
        #expect(answers.find(try key("b"), at: start) == [1])
    }
}
