/// What is known of a value in a graph that was made for one picture or text.
struct BatchedValue {
    /// Its lengths for a batch of one: `nil` where one is not known, and for all
    /// where not even their number is.
    var shape: [Int?]?
    /// Where the batch is in it; `nil` for what is the same for all of a batch.
    var place: BatchPlace?
    /// The elements, where they are the lengths of other values.
    var sizes: [BatchedSize]?

    init(_ shape: [Int?]?, _ place: BatchPlace? = nil, sizes: [BatchedSize]? = nil) {
        self.shape = shape
        self.place = place
        self.sizes = sizes
    }

    /// Whether a batch of two has other numbers in it than one, or more.
    var isBatched: Bool { place != nil || sizes?.contains { $0.isBatched } == true }
}

/// Where in a value the batch is: a dimension, which may hold more than it.
struct BatchPlace: Equatable {
    var dimension: Int
    /// How many steps of the dimension come for each of the batch's own:
    /// `outer` × batch × the rest. 1 where the batch is outermost.
    var outer = 1
}

/// A length.
enum BatchedSize: Equatable {
    case fixed(Int)
    /// So many for each picture or text.
    case batch(Int)
    case unknown

    var isBatched: Bool {
        if case .batch = self { true } else { false }
    }
}
