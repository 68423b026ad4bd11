import FoveaTokenizers
import Testing

/// Ids recorded from Hugging Face tokenizers 0.23.
struct GoldenTests {
    @Test(arguments: Fixtures.names)
    func idsAreThoseOfHuggingFace(name: String) throws {
        let tokenizer = try Tokenizer(json: Fixtures.tokenizer(name))
        let cases = try Fixtures.cases(name)
        #expect(cases.count > 100)
        for item in cases {
            #expect(try tokenizer.encode(item.text) == item.ids, "\(item.text.debugDescription)")
            #expect(try tokenizer.encode(item.text, maxLength: 16) == item.ids16)
            #expect(try tokenizer.encode(item.text, maxLength: 64) == item.ids64)
            #expect(try tokenizer.encode(item.text, maxLength: 77) == item.ids77)
        }
    }

    @Test func everyComponentActsLikeHuggingFace() throws {
        let components = try Fixtures.components.get()
        #expect(components.count > 100)
        for component in components {
            let tokenizer = try Tokenizer(json: component.json)
            for answer in component.answers {
                let ids = try tokenizer.encode(answer.text)
                #expect(ids == answer.ids, "\(component.name): \(answer.text.debugDescription)")
                let short = try tokenizer.encode(answer.text, maxLength: 7)
                #expect(short == answer.ids7, "\(component.name): \(answer.text.debugDescription)")
            }
        }
    }

    @Test func tokensHaveIDs() throws {
        let tokenizer = try Tokenizer(json: Fixtures.tokenizer("xlmr-unigram"))
        // From fairseq's dictionary: four special tokens first, the mask last.
        #expect(tokenizer.id(of: "<s>") == 0)
        #expect(tokenizer.id(of: "<pad>") == 1)
        #expect(tokenizer.id(of: "</s>") == 2)
        #expect(tokenizer.id(of: "<mask>") == 250_001)
        #expect(tokenizer.id(of: "no such token") == nil)
        #expect(tokenizer.id(of: "") == nil)
    }

    @Test func threadsShareATokenizer() async throws {
        let tokenizer = try Tokenizer(json: Fixtures.tokenizer("clip-bpe"))
        let cases = try Fixtures.cases("clip-bpe")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for item in cases.map({ ($0.text, $0.ids) }) {
                group.addTask { try tokenizer.encode(item.0) == item.1 }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }
}
