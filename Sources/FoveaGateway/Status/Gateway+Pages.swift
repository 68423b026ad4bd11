import FoveaCore
import FoveaMetrics
package import FoveaServer
import Foundation

extension Gateway {
    package func page(_ path: String) async -> ServicePage? {
        // Asking how the service is reads files: only where a page is about that.
        switch path {
        case "/health": return await ServicePage.json(health)
        case "/health/live":
            let isLive = await health.isLive
            return .json(#"{"live":\#(isLive)}"#, status: isLive ? 200 : 503)
        case "/health/ready":
            let isReady = await health.isReady
            return .json(#"{"ready":\#(isReady)}"#, status: isReady ? 200 : 503)
        case "/v2/health/live": return await ServicePage(health.openInferenceLive)
        case "/v2/health/ready": return await ServicePage(health.openInferenceReady)
        case "/metrics":
            let health = await health
            return ServicePage(
                contentType: ServiceMetrics.contentType, body: Array(board.prometheusText(health).utf8))
        default:
            guard let name = modelName(in: path) else { return nil }
            return await ServicePage(health.openInferenceReady(model: name))
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
