import Foundation

/// How many of the processor's cores a run gets.
package struct CoreRules: Sendable, Hashable {
    /// A run of this many values or more has activations of tens of megabytes:
    /// a picture to find faces or text in, rather than one to describe.
    package static let largeValues = 1 << 19

    package let cores: Int
    /// Threads of a run that has the processor to itself.
    package let wide: Int
    /// Threads of a run that has company.
    package let narrow: Int
    /// Whether large runs of one model follow each other, rather than hold
    /// their activations at the same time.
    package let largeAlone: Bool

    /// One run as wide as the cores, up to 8, answers soonest. Several as narrow
    /// as they can be do most: one thread waits for no other at the end of an
    /// operator. Measured on two cores: ViT-B/32's text tower runs 31.3 times a
    /// second two abreast, 23.7 times in turn. Four abreast bound the memory.
    package init(cores: Int) {
        self.cores = max(1, cores)
        wide = min(self.cores, 8)
        narrow = max(1, self.cores / 4)
        // Machines of few cores have little memory.
        largeAlone = self.cores <= 4
    }

    /// Runs at the same time, at most: one beyond what has cores.
    package var mostRuns: Int { cores / narrow + 1 }
}
