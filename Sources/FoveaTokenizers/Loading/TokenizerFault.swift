/// What is wrong with a tokenizer file, and in which of its components.
///
/// Everything inside throws this; `Tokenizer` makes a `FoveaError` of it,
/// which knows the file.
struct TokenizerFault: Error {
    /// The component's path in the file, such as `normalizer.normalizers[1]`.
    var component: String
    /// What is wrong with it, to be read behind its name.
    var problem: String

    init(_ component: String, _ problem: String) {
        self.component = component
        self.problem = problem
    }
}
