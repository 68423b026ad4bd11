import Crypto

/// A word that only those know who may use the service.
///
/// Comparing takes as long whatever was guessed, so that the time of an answer
/// tells nothing of the secret, its length included: digests are compared, by
/// a function of swift-crypto's that looks at all of both.
package struct Secret: Sendable, Equatable {
    /// The word itself, for those who ask a service that has it.
    package let text: String
    private let digest: SHA256.Digest

    /// - Parameter text: not empty.
    package init(_ text: String) {
        self.text = text
        digest = SHA256.hash(data: Array(text.utf8))
    }

    package func matches(_ guess: some StringProtocol) -> Bool {
        SHA256.hash(data: Array(guess.utf8)) == digest
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    /// Nothing of the word, so that no log or report gives it away by accident.
    package var description: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
