import FoveaCore
import Foundation

/// Answers to the health questions of the Open Inference Protocol, version 2,
/// which orchestrators know how to ask.
///
/// See https://github.com/kserve/open-inference-protocol, `inference_rest.md`
/// and `open_inference_rest.yaml`. The first shows a member `live` in the
/// answer to "ready"; it is `ready` in the second and in every server.
public struct OpenInferenceAnswer: Sendable, Equatable {
    /// 200 for yes; 503 for no; 404 for a model that is in no slot.
    public let httpStatus: Int
    /// JSON text.
    public let json: String

    package init(httpStatus: Int, json: String) {
        self.httpStatus = httpStatus
        self.json = json
    }
}

extension HealthReport {
    /// `GET /v2/health/live`.
    public var openInferenceLive: OpenInferenceAnswer { .init("live", isLive) }

    /// `GET /v2/health/ready`.
    public var openInferenceReady: OpenInferenceAnswer { .init("ready", isReady) }

    /// `GET /v2/models/{name}/ready`: whether the model is in the memory of a
    /// slot that runs. Where one name stands for several models, such as
    /// CLIP's two, all of them that slots know have to be.
    ///
    /// - Parameter name: a name, as clients of the contract send it, or
    ///   `task/name/type` for one model alone; percent-encoding undone.
    public func openInferenceReady(model name: String) -> OpenInferenceAnswer {
        let id = ModelID(description: name)
        let cleaned = ModelID.cleaned(name)
        let copies = slots.flatMap { slot in slot.models.map { (slot: slot, model: $0) } }
            .filter { copy in id.map { $0 == copy.model.id } ?? (copy.model.name == cleaned) }
        guard !copies.isEmpty else { return .init(model: name, isReady: false, httpStatus: 404) }
        let ready = copies.filter { $0.slot.state == .running && $0.model.state == .loaded }
        let isReady = Set(ready.map(\.model.id)) == Set(copies.map(\.model.id))
        return .init(model: name, isReady: isReady, httpStatus: isReady ? 200 : 503)
    }
}

extension OpenInferenceAnswer {
    fileprivate init(_ question: String, _ answer: Bool) {
        self.init(httpStatus: answer ? 200 : 503, json: "{\"\(question)\":\(answer)}")
    }

    fileprivate init(model name: String, isReady: Bool, httpStatus: Int) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A string can always be written.
        let json = (try? encoder.encode(ModelReady(name: name, ready: isReady))) ?? Data()
        self.init(httpStatus: httpStatus, json: String(decoding: json, as: UTF8.self))
    }

    private struct ModelReady: Encodable {
        let name: String
        let ready: Bool
    }
}
