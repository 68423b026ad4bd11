import FoveaCore
import FoveaTokenizers

/// Loads a tokenizer and makes token ids with it.
enum TokenizerCheck {
    private static let texts = [
        "", "a photo of a cat", "  The cat's\tna\u{EF}ve caf\u{E9} e\u{301} ΣΊΣ İ ſ 12.5 ½\r\n\n",
        "<s>the </s> cat<mask>  [UNK]北京 👨‍👩‍👧 ﬁ ｆ ﷺ \u{0}\u{FFFF}\u{FFFD}",
        String(repeating: "a", count: 300) + String(repeating: "ab ", count: 60) + "b",
    ]

    static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
        guard let tokenizer = try result(refusing: [.modelInvalid], { try Tokenizer(json: bytes) }) else {
            return
        }
        _ = tokenizer.id(of: "a")
        let isExact = try countsSpecialTokens(tokenizer)
        for text in texts {
            let all = try result(refusing: [.modelInvalid]) { try tokenizer.encode(text) }
            for limit in [0, 1, 7] {
                guard let ids = try encode(text, limit, tokenizer) else { continue }
                let most = isExact ? limit : all?.count ?? .max
                try promise(ids.count <= most, "There are \(ids.count) ids, more than \(most).")
            }
            guard let all else { continue }
            for limit in [all.count, all.count + 1] {
                let ids = try encode(text, limit, tokenizer)
                try promise(ids == nil || ids == all, "With room for all, the ids are \(ids ?? []).")
            }
        }
    }

    private static func encode(
        _ text: String, _ limit: Int, _ tokenizer: Tokenizer
    ) throws(BrokenPromise) -> [Int]? {
        try result(refusing: [.modelInvalid, .invalidRequest]) {
            try tokenizer.encode(text, maxLength: limit)
        }
    }

    /// Whether room is kept for all the special tokens: not where several
    /// post-processors follow each other, as with Hugging Face.
    private static func countsSpecialTokens(_ tokenizer: Tokenizer) throws(BrokenPromise) -> Bool {
        guard let specials = try result(refusing: [.modelInvalid], { try tokenizer.encode("") }) else {
            return true
        }
        return try encode("", max(0, specials.count - 1), tokenizer)?.count ?? 0 == 0
    }

    /// What `body` returns, or `nil` where it refuses with one of `codes`.
    private static func result<Value>(
        refusing codes: [FoveaError.Code], _ body: () throws -> Value
    ) throws(BrokenPromise) -> Value? {
        do {
            return try body()
        } catch let error as FoveaError {
            try promise(
                codes.contains(error.code) && !error.message.isEmpty,
                "It was refused with '\(error)', \(error.code).")
            return nil
        } catch {
            throw BrokenPromise("An error of another type: \(error)")
        }
    }
}
