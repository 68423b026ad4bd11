import FoveaFuzz

/// Makes inputs out of others, the same in every run.
struct Mutator {
    private let corpus: [[UInt8]]
    private var random: SplitMix64

    /// No input gets longer.
    private static let maximumSize = 16 << 10
    /// What counters and lengths go wrong with.
    private static let edges: [UInt64] = [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
    ]

    /// - Parameter corpus: what inputs are made of; not empty.
    init(_ corpus: [[UInt8]], seed: UInt64) {
        self.corpus = corpus
        random = SplitMix64(seed: seed)
    }

    mutating func next() -> [UInt8] {
        var input = element(of: corpus)
        // Mostly few changes, so that most of an input still makes sense.
        repeat { change(&input) } while Int.random(in: 0..<3, using: &random) > 0
        return Array(input.prefix(Self.maximumSize))
    }

    private mutating func change(_ input: inout [UInt8]) {
        guard !input.isEmpty else { return input = range(of: element(of: corpus)) }
        let index = Int.random(in: 0..<input.count, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: input[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: input[index] = UInt8.random(in: 0...255, using: &random)
        case 2: putNumber(into: &input, at: index)
        case 3: input.removeSubrange(index..<min(input.count, index + length()))
        case 4: input.insert(contentsOf: input[index..<min(input.count, index + length())], at: index)
        case 5: input.insert(contentsOf: range(of: input), at: index)
        case 6: input.insert(contentsOf: range(of: element(of: corpus)), at: index)
        default:
            let other = range(of: element(of: corpus))
            input.replaceSubrange(index..<min(input.count, index + other.count), with: other)
        }
    }

    /// Writes one of ``edges`` in 1, 2 or 4 bytes, in either order.
    private mutating func putNumber(into input: inout [UInt8], at index: Int) {
        let width = 1 << Int.random(in: 0...2, using: &random)
        let number = element(of: Self.edges)
        var bytes = (0..<width).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        if Bool.random(using: &random) { bytes.reverse() }
        input.replaceSubrange(index..<min(input.count, index + width), with: bytes)
    }

    /// Short ranges are likelier than long ones.
    private mutating func length() -> Int {
        Int.random(in: 1...(1 << Int.random(in: 0...8, using: &random)), using: &random)
    }

    private mutating func range(of bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [0] }
        let start = Int.random(in: 0..<bytes.count, using: &random)
        return Array(bytes[start..<min(bytes.count, start + length())])
    }

    private mutating func element<Element>(of array: [Element]) -> Element {
        array[Int.random(in: 0..<array.count, using: &random)]
    }
}
