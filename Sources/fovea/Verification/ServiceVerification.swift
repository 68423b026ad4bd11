import AsyncHTTPClient
import FoveaClient
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaServer
import Foundation
import Logging

/// Compares this program's answers with those of another service, over HTTP.
struct ServiceVerification {
    let settings: Settings
    let machine: Machine
    let device: Device
    /// Its URL.
    let service: String

    /// - Throws: ``FoveaError/Code/invalidSetting`` for what is no URL; what
    ///   the engine throws.
    func compare(_ models: [ModelID]) async throws -> [VerificationRow] {
        guard let url = URL(string: service.hasSuffix("/") ? service : service + "/"), url.host() != nil
        else {
            throw FoveaError(.invalidSetting, "'\(shown)' is no URL: give one such as http://host:3003.")
        }
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = try settings.services.tlsConfiguration()
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let client = RemoteService(base: url.absoluteString, http: http, token: settings.services.token)
        do {
            let rows = try await compare(models, client)
            try await http.shutdown()
            return rows
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    /// The service's URL, without what is secret about it.
    private var shown: String { ServiceAddress.shown(in: service) }

    private func compare(_ models: [ModelID], _ client: RemoteService) async throws -> [VerificationRow] {
        guard await client.isAlive() else {
            throw FoveaError(
                .invalidSetting,
                """
                \(shown) does not answer /ping: is the service running there? FOVEA_SERVICE_CA has to name who \
                vouches for it where that is nobody known.
                """)
        }
        let devices = WorkerDevices(own: device, settings: settings, machine: machine, logger: .quiet)
        let engine = Engine(
            store: settings.modelStore, devices: devices.deviceSet(waitsForProof: true), logger: .quiet)
        var rows: [VerificationRow] = []
        for question in ServiceQuestion.all(models) {
            rows += await ask(question, engine, client)
        }
        return rows
    }

    private func ask(_ question: ServiceQuestion, _ engine: Engine, _ client: RemoteService) async
        -> [VerificationRow]
    {
        do {
            var pairs: [ServiceQuestion.Pair] = []
            for payload in question.payloads {
                let (local, report) = try await engine.predict(
                    PredictionRequest(payload: payload, steps: question.steps))
                if let run = report.runs.first(where: { $0.placement.wanted != nil }) {
                    throw FoveaError(
                        .engineUnavailable,
                        """
                        \(run.model) ran on \(run.placement.device) here, and not on \(device): \
                        'fovea verify --device \(device)' says why.
                        """)
                }
                let remote = try await client.ask(entries: question.entries, about: payload)
                pairs.append(.init(local: local, remote: remote))
            }
            return question.rows(pairs, where: shown)
        } catch {
            return [
                VerificationRow(
                    model: question.name, where: shown,
                    problem: (error as? FoveaError)?.message ?? "\(error)")
            ]
        }
    }
}
