import FoveaCore
import FoveaServer
import HTTPTypes
import NIOCore

/// Reads a form, however its body is cut.
enum FormCheck {
    /// Small, so that short inputs reach them; but no input reaches the
    /// body's, which is judged before anything else and so would make the
    /// error depend on the cuts.
    private static let limits = Limits(
        bodyBytes: 1 << 24, imageBytes: 600, entriesBytes: 400, textBytes: 200)

    static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
        var random = SplitMix64(seed: bytes)
        let input = FormInput(bytes, &random)
        let whole = read(input, cutAt: [], limits)
        let cuts = (0..<Int.random(in: 1...12, using: &random)).map { _ in
            Int.random(in: 0...input.body.count, using: &random)
        }
        try promise(
            read(input, cutAt: cuts.sorted(), limits) == whole, "The form depends on the cuts \(cuts).")
        // Long bodies would take long, and have no other lines than short ones.
        if input.body.count <= 1500 {
            let everywhere = Array(0...input.body.count)
            try promise(read(input, cutAt: everywhere, limits) == whole, "The form depends on being cut.")
        }
        switch whole {
        case .refused(let problem): try checkAnswer(problem)
        case .form(let form):
            try checkRewritten(form)
            try checkRequest(form)
        }
    }

    private static func read(_ input: FormInput, cutAt cuts: [Int], _ limits: Limits) -> FormResult {
        do {
            var reader = try FormReader(
                contentType: input.contentType, contentLength: input.contentLength, limits: limits)
            var start = 0
            for end in cuts + [input.body.count] {
                try reader.push(ByteBuffer(bytes: input.body[start..<end]))
                start = end
            }
            return .form(try reader.finish())
        } catch {
            return .refused(error)
        }
    }

    /// What was read can be sent, and is the same then.
    private static func checkRewritten(_ form: PredictionForm) throws(BrokenPromise) {
        let again = read(FormInput(form), cutAt: [], limits)
        try promise(again == .form(form), "The form reads differently once it is written: \(again)")
    }

    private static func checkRequest(_ form: PredictionForm) throws(BrokenPromise) {
        do {
            let request = try PredictionRequest(form)
            try EntriesCheck.checkSteps(request.steps)
        } catch let problem as HTTPProblem {
            try checkAnswer(problem)
        } catch let broken as BrokenPromise {
            throw broken
        } catch {
            throw BrokenPromise("An error of another type: \(error)")
        }
    }

    /// A refusal is an error of the client's, and its answer is JSON.
    static func checkAnswer(_ problem: HTTPProblem) throws(BrokenPromise) {
        try promise([400, 413, 422].contains(problem.status.code), "The status is \(problem.status.code).")
        let content = problem.content
        do {
            _ = try JSONParser.parse(content.bytes)
        } catch {
            throw BrokenPromise("The answer is no JSON: \(String(decoding: content.bytes, as: UTF8.self))")
        }
    }
}

/// What became of a body.
private enum FormResult: Equatable {
    case form(PredictionForm)
    case refused(HTTPProblem)

    static func == (one: Self, other: Self) -> Bool {
        switch (one, other) {
        case (.form(let one), .form(let other)): one == other
        case (.refused(let one), .refused(let other)): one.status == other.status && one.body == other.body
        default: false
        }
    }
}
