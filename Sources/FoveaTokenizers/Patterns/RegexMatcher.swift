/// Runs a ``RegexProgram`` over one text.
struct RegexMatcher {
    /// A place to go back to.
    private enum Choice {
        case at(Int, position: Int)
        /// A run that may end anywhere from `lowest` to `highest`: next at
        /// its highest (greedy) or lowest (lazy) place.
        case shrink(Int, lowest: Int, highest: Int)
        case grow(Int, lowest: Int, highest: Int, set: Int)
        case restore(register: Int, value: Int)
    }

    private let program: RegexProgram
    private let component: String
    private let text: [Unicode.Scalar]
    private var choices: [Choice] = []
    private var registers: [Int]
    private var stepsLeft: Int

    /// - Parameter component: who asks, for the error.
    init(_ program: RegexProgram, _ text: [Unicode.Scalar], component: String) {
        self.program = program
        self.text = text
        self.component = component
        registers = Array(repeating: -1, count: program.registerCount)
        // Patterns of real tokenizers take about 20 steps a character.
        stepsLeft = 1 << 20 + 256 * text.count
    }

    /// All matches, in order, as Oniguruma's iterator finds them: an empty
    /// match right behind the one before does not count.
    ///
    /// - Throws: ``TokenizerFault`` where the pattern takes unreasonably long.
    mutating func matches() throws -> [Range<Int>] {
        var found: [Range<Int>] = []
        var position = 0
        while position <= text.count, let match = try first(from: position) {
            if match.isEmpty, match.upperBound == found.last?.upperBound {
                position += 1
            } else {
                found.append(match)
                position = match.upperBound
            }
        }
        return found
    }

    private mutating func first(from start: Int) throws -> Range<Int>? {
        for position in start...text.count {
            if let end = try run(0, from: position, to: nil) { return position..<end }
        }
        return nil
    }

    private mutating func spend(_ steps: Int) throws {
        stepsLeft -= steps
        if stepsLeft < 0 {
            throw TokenizerFault(component, "has a regular expression that takes too long on this text")
        }
    }

    /// Where a match of the program from `start` ends, which is at `end` if
    /// that is given.
    private mutating func run(_ start: Int, from position: Int, to end: Int?) throws -> Int? {
        let base = choices.count
        defer { choices.removeLast(choices.count - base) }
        var counter = start
        var position = position
        while true {
            try spend(1)
            var fits = true
            var next = counter + 1
            switch program.instructions[counter] {
            case .scalar(let scalar):
                fits = position < text.count && text[position] == scalar
                position += 1
            case .set(let set):
                fits = position < text.count && program.sets[set].contains(text[position])
                position += 1
            case .fork(let first, let other):
                if mayStart(first, at: position) {
                    choices.append(.at(other, position: position))
                    next = first
                } else {
                    next = other
                }
            case .jump(let target): next = target
            case .run(let set, let min, let max, let greed):
                fits = try take(set, min, max, greed, &position, next)
            case .assert(let assertion): fits = holds(assertion, at: position)
            case .look(let after, let negative, let behind):
                fits = try look(counter + 1, at: position, behind) != negative
                next = after
            case .atomic(let after):
                if let inner = try run(counter + 1, from: position, to: nil) {
                    position = inner
                } else {
                    fits = false
                }
                next = after
            case .mark(let register):
                choices.append(.restore(register: register, value: registers[register]))
                registers[register] = position
            case .leaveIfStuck(let register, let target):
                if registers[register] == position { next = target }
            case .accept:
                if end == nil || end == position { return position }
                fits = false
            }
            if fits {
                counter = next
            } else if let (back, place) = try backtrack(to: base) {
                counter = back
                position = place
            } else {
                return nil
            }
        }
    }

    /// Whether an instruction can succeed, judged by one scalar: most
    /// branches of an alternation end here, without a way back being noted.
    private func mayStart(_ counter: Int, at position: Int) -> Bool {
        switch program.instructions[counter] {
        case .scalar(let scalar): position < text.count && text[position] == scalar
        case .set(let set): position < text.count && program.sets[set].contains(text[position])
        case .run(let set, let min, _, _) where min > 0:
            position < text.count && program.sets[set].contains(text[position])
        default: true
        }
    }

    private mutating func look(_ body: Int, at position: Int, _ behind: ClosedRange<Int>?) throws -> Bool {
        guard let behind else { return try run(body, from: position, to: nil) != nil }
        for length in behind where length <= position {
            if try run(body, from: position - length, to: position) != nil { return true }
        }
        return false
    }

    /// Takes a run of a set's members, and notes where else it might end.
    private mutating func take(
        _ set: Int, _ min: Int, _ max: Int, _ greed: RegexGreed, _ position: inout Int, _ next: Int
    ) throws -> Bool {
        let set_ = program.sets[set]
        let furthest = Swift.min(text.count, position + (greed == .lazy ? min : max))
        var end = position
        while end < furthest, set_.contains(text[end]) { end += 1 }
        try spend(end - position)
        let lowest = position + min
        guard end >= lowest else { return false }
        switch greed {
        case .greedy where end > lowest:
            choices.append(.shrink(next, lowest: lowest, highest: end - 1))
        case .lazy where max > min:
            choices.append(.grow(next, lowest: end, highest: Swift.min(text.count, position + max), set: set))
        default: break
        }
        position = end
        return true
    }

    /// The last choice not yet tried: an instruction and a position.
    private mutating func backtrack(to base: Int) throws -> (Int, Int)? {
        while choices.count > base, let choice = choices.popLast() {
            try spend(1)
            switch choice {
            case .at(let counter, let position): return (counter, position)
            case .shrink(let counter, let lowest, let highest):
                if highest > lowest { choices.append(.shrink(counter, lowest: lowest, highest: highest - 1)) }
                return (counter, highest)
            case .grow(let counter, let lowest, let highest, let set):
                guard lowest < highest, program.sets[set].contains(text[lowest]) else { continue }
                choices.append(.grow(counter, lowest: lowest + 1, highest: highest, set: set))
                return (counter, lowest + 1)
            case .restore(let register, let value): registers[register] = value
            }
        }
        return nil
    }

    private func holds(_ assertion: RegexAssertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == text.count
        case .textEndOrLastNewline:
            position == text.count || position == text.count - 1 && text[position] == "\n"
        case .lineStart: position == 0 || text[position - 1] == "\n" && position < text.count
        case .lineEnd: position == text.count || text[position] == "\n"
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .noWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private static let word = ScalarSet([.property(.bareWord)])

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && Self.word.contains(text[position])
    }
}
