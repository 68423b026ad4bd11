import FoveaCore
import FoveaMetrics
package import FoveaServer
import Foundation

extension Gateway {
    package func page(_ path: String) async -> ServicePage? {
        let health = await health
        switch path {
        case "/health": return ServicePage.json(health)
        case "/health/live":
            return .json(#"{"live":\#(health.isLive)}"#, status: health.isLive ? 200 : 503)
        case "/health/ready":
            return .json(#"{"ready":\#(health.isReady)}"#, status: health.isReady ? 200 : 503)
        case "/v2/health/live": return ServicePage(health.openInferenceLive)
        case "/v2/health/ready": return ServicePage(health.openInferenceReady)
        case "/metrics":
            return ServicePage(
                contentType: ServiceMetrics.contentType, body: Array(board.prometheusText(health).utf8))
        default:
            guard let name = modelName(in: path) else { return nil }
            return ServicePage(health.openInferenceReady(model: name))
        }
    }

    /// The name in `/v2/models/{name}/ready`.
    private func modelName(in path: String) -> String? {
        let (prefix, suffix) = ("/v2/models/", "/ready")
        guard path.hasPrefix(prefix), path.hasSuffix(suffix), path.count > prefix.count + suffix.count else {
            return nil
        }
        return path.dropFirst(prefix.count).dropLast(suffix.count).removingPercentEncoding
    }
}

extension ServicePage {
    fileprivate static func json(_ health: HealthReport) -> ServicePage {
        ServicePage(status: health.httpStatus, contentType: "application/json", body: health.json)
    }

    fileprivate init(_ answer: OpenInferenceAnswer) {
        self = .json(answer.json, status: answer.httpStatus)
    }
}
