/// A piece of the service's own computing, by itself: what `make bench-kernels` measures.
public struct Kernel: Sendable {
    /// Does the work once, on what was made beforehand.
    ///
    /// Gives the number of what came out of it (pixels, elements, tokens, lines, characters), so that no compiler can
    /// leave the work out.
    public typealias Call = @Sendable () throws -> Int

    /// Lower case, words joined by hyphens, its group before a slash: `jpeg/whole`.
    public let name: String
    private let prepare: @Sendable (KernelFiles) throws -> Call

    init(_ name: String, prepare: @escaping @Sendable (KernelFiles) throws -> Call) {
        self.name = name
        self.prepare = prepare
    }

    /// Makes what the work needs: pictures, tensors, tokenizers.
    ///
    /// - Throws: what reading and decoding `files` throws.
    public func call(_ files: KernelFiles) throws -> Call { try prepare(files) }
}

extension Kernel {
    /// Every kernel there is.
    public static let all: [Kernel] = pictures + faces + text + tokenizers

    public static func named(_ name: String) -> Kernel? { all.first { $0.name == name } }
}
