/// Who goes first where requests wait. The raw values are names in headers, in
/// metrics and in `/health`.
public enum RequestPriority: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
    /// Somebody waits at a search box: a text query.
    case interactive
    /// A library's jobs: pictures.
    case standard
    /// Work that its client says is in no hurry.
    case bulk
}

extension PredictionRequest {
    /// The priority of a request whose client says nothing about it.
    public var naturalPriority: RequestPriority {
        if case .text = payload { .interactive } else { .standard }
    }
}
