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
        for text in texts {
            for limit in [0, 1, 7] {
                let ids = try result(refusing: [.modelInvalid, .invalidRequest]) {
                    try tokenizer.encode(text, maxLength: limit)
                }
                try promise((ids?.count ?? 0) <= limit, "There are more ids than \(limit).")
            }
            guard let all = try result(refusing: [.modelInvalid], { try tokenizer.encode(text) }) else {
                continue
            }
            for limit in [all.count, all.count + 1] {
                let ids = try result(refusing: []) { try tokenizer.encode(text, maxLength: limit) }
                try promise(ids == all, "With room for all, there are other ids: \(all), \(ids ?? []).")
            }
        }
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
