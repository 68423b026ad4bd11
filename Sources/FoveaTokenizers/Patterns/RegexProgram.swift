/// A regular expression, compiled for a backtracking machine.
struct RegexProgram: Sendable {
    enum Instruction: Sendable {
        case scalar(Unicode.Scalar)
        case set(Int)
        /// Goes on at the first place, and if that leads nowhere at the other.
        case fork(Int, or: Int)
        case jump(Int)
        /// Repeats a set, without a step for each repetition.
        case run(set: Int, min: Int, max: Int, RegexGreed)
        case assert(RegexAssertion)
        /// A look-around; its body ends with `accept` in front of `end`.
        case look(end: Int, negative: Bool, behind: ClosedRange<Int>?)
        /// A group without backtracking into it; ends like a look-around.
        case atomic(end: Int)
        /// Remembers in a register where a repetition started …
        case mark(Int)
        /// … and leaves the loop if it has not moved since.
        case leaveIfStuck(Int, to: Int)
        case accept
    }

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    private(set) var registerCount = 0
    private let component: String

    /// Compiles a pattern.
    ///
    /// - Throws: ``TokenizerFault`` naming `component` where the pattern is
    ///   wrong, unsupported or too large.
    init(_ pattern: String, component: String) throws {
        self.component = component
        var parser = RegexParser(pattern, component: component)
        try emit(try parser.parse())
        try append(.accept)
    }

    private mutating func append(_ instruction: Instruction) throws {
        guard instructions.count < 100_000 else {
            throw TokenizerFault(component, "has a regular expression that is too large")
        }
        instructions.append(instruction)
    }

    private mutating func emit(_ node: RegexNode) throws {
        switch node {
        case .empty: break
        case .scalar(let scalar): try append(.scalar(scalar))
        case .set(let set): try append(.set(add(set)))
        case .sequence(let nodes): for node in nodes { try emit(node) }
        case .alternation(let nodes): try emit(alternation: nodes)
        case .assertion(let assertion): try append(.assert(assertion))
        case .look(let body, let behind, let negative):
            let length = body.length
            if behind, length.max > 255 {
                throw TokenizerFault(component, "has a regular expression that looks behind too far")
            }
            let start = instructions.count
            try append(.accept)
            try emit(body)
            try append(.accept)
            instructions[start] = .look(
                end: instructions.count, negative: negative, behind: behind ? length.min...length.max : nil)
        case .atomic(let body):
            let start = instructions.count
            try append(.accept)
            try emit(body)
            try append(.accept)
            instructions[start] = .atomic(end: instructions.count)
        case .repeat(let body, let min, let max, let greed):
            try emit(repeating: body, min: min, max: max, greed)
        }
    }

    private mutating func add(_ set: ScalarSet) -> Int {
        sets.append(set)
        return sets.count - 1
    }

    private mutating func emit(alternation nodes: [RegexNode]) throws {
        var jumps: [Int] = []
        for (index, node) in nodes.enumerated() {
            let isLast = index == nodes.count - 1
            let fork = instructions.count
            if !isLast { try append(.accept) }
            try emit(node)
            guard !isLast else { break }
            jumps.append(instructions.count)
            try append(.accept)
            instructions[fork] = .fork(fork + 1, or: instructions.count)
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func emit(repeating body: RegexNode, min: Int, max: Int, _ greed: RegexGreed) throws {
        switch body {
        case .set(let set):
            return try append(.run(set: add(set), min: min, max: max, greed))
        case .scalar(let scalar):
            return try append(.run(set: add(ScalarSet(scalar)), min: min, max: max, greed))
        default: break
        }
        if greed == .possessive {
            return try emit(.atomic(.repeat(body, min: min, max: max, .greedy)))
        }
        for _ in 0..<min { try emit(body) }
        if max == RegexNode.unlimited {
            try emit(loop: body, greed)
        } else {
            // Each further repetition is optional, and all lead to one end.
            var forks: [Int] = []
            for _ in min..<max {
                forks.append(instructions.count)
                try append(.accept)
                try emit(body)
            }
            for fork in forks { instructions[fork] = self.fork(fork + 1, or: instructions.count, greed) }
        }
    }

    private mutating func emit(loop body: RegexNode, _ greed: RegexGreed) throws {
        let start = instructions.count
        try append(.accept)
        let register = body.length.min == 0 ? registerCount : nil
        if let register {
            registerCount += 1
            try append(.mark(register))
        }
        try emit(body)
        let check = instructions.count
        if register != nil { try append(.accept) }
        try append(.jump(start))
        let end = instructions.count
        instructions[start] = fork(start + 1, or: end, greed)
        if let register { instructions[check] = .leaveIfStuck(register, to: end) }
    }

    private func fork(_ on: Int, or out: Int, _ greed: RegexGreed) -> Instruction {
        greed == .lazy ? .fork(out, or: on) : .fork(on, or: out)
    }
}
