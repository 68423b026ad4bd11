public import FoveaCore

extension PredictionReport {
    /// The names of the headers that carry a report; see docs/headers.md.
    /// Field names are case-insensitive in HTTP.
    public enum HeaderName {
        /// `queue;dur=0.1, decode;dur=9.8`: milliseconds, W3C Server-Timing.
        public static let timing = "Server-Timing"
        /// `"clip/ViT-B-32__openai/visual";device="cpu";…`: a list of RFC 9651.
        public static let models = "X-Fovea-Models"
        /// `http://big:3003`: the other service that answered.
        public static let service = "X-Fovea-Service"
    }

    /// The report as HTTP headers, those without content left out.
    public var headers: [(name: String, value: String)] {
        [
            (HeaderName.timing, timingHeader), (HeaderName.models, modelsHeader),
            (HeaderName.service, service),
        ].compactMap { name, value in value.map { (name: name, value: $0) } }
    }

    /// Reads what ``headers`` wrote. What is absent or of another form is left
    /// out: a report is never a reason to refuse an answer.
    ///
    /// - Parameters:
    ///   - timing: the value of `Server-Timing`; values joined by commas where
    ///     there is more than one.
    ///   - models: the value of `X-Fovea-Models`, likewise.
    public init(timing: String?, models: String?) {
        self.init(
            durations: timing.map(Self.durations(timing:)) ?? [:], runs: models.map(Self.runs(models:)) ?? [])
    }
}
