/// What takes bytes from outside, and so has to stand any.
///
/// One case is one fuzzer, one folder in `Tests/Fixtures/fuzz` and one
/// dictionary in `Tools/fuzz/dictionaries`, all of the case's name. What a
/// case does depends on the bytes alone, so that a finding can be repeated.
package enum FuzzTarget: String, Sendable, CaseIterable {
    /// A request's content type up to the first line feed, then its body.
    case forms
    /// A `tokenizer.json`.
    case tokenizers
    /// A picture's file.
    case pictures
    /// The form's field `entries`.
    case entries

    /// Runs the code on `bytes`, which may be refused but do no harm, and
    /// checks what has to hold for any bytes.
    ///
    /// - Throws: what does not hold.
    package func check(_ bytes: [UInt8]) throws(BrokenPromise) {
        switch self {
        case .forms: try FormCheck.run(bytes)
        case .tokenizers: try TokenizerCheck.run(bytes)
        case .pictures: try PictureCheck.run(bytes)
        case .entries: try EntriesCheck.run(bytes)
        }
    }

    /// As ``check(_:)``, but ends the program where something does not hold:
    /// that is what makes a fuzzer keep the bytes.
    package func checkOrTrap(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            try check(Array(bytes))
        } catch {
            fatalError(error.description)
        }
    }
}
