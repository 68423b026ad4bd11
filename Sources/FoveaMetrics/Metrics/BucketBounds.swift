/// Upper bounds of the histograms' buckets. Each is a series for every set of
/// labels, so there are as few as answer the questions people ask.
package enum BucketBounds {
    /// A request from its arrival to its answer, in seconds.
    ///
    /// A text is embedded in 5 to 20 ms and a picture in 20 to 500 ms, so that
    /// is where quantiles need to be told apart. Seconds and minutes are waits
    /// behind a library's jobs or for a model to load; 300 s is when a silent
    /// worker is replaced by default.
    package static let requestSeconds = [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
    ]

    /// One phase of a request, in seconds.
    ///
    /// As ``requestSeconds``, but from half a millisecond on: that is what
    /// preparing and finishing take, and a wait in an empty queue far less.
    package static let phaseSeconds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 300,
    ]

    /// Loading one model, in seconds.
    ///
    /// A small graph whose file is cached takes 0.1 s, a large one from a
    /// slow disk a minute, and providers that compile take up to ten.
    package static let loadSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]

    /// Rows of a batch.
    ///
    /// Powers of two, on which accelerators run best, and the steps between
    /// up to 16: 6 is the default limit for lines of text.
    package static let batchRows: [Double] = [1, 2, 3, 4, 6, 8, 12, 16, 32, 64]
}
