import FoveaCore
import FoveaMetrics
import Testing

// Bodies are those of open_inference_rest.yaml in kserve/open-inference-protocol.
@Suite struct OpenInferenceTests {
    @Test func livenessAndReadiness() {
        let running = HealthReport(.cpu())
        #expect(running.openInferenceLive == answer(200, #"{"live":true}"#))
        #expect(running.openInferenceReady == answer(200, #"{"ready":true}"#))
        let starting = HealthReport(.cpu(.starting))
        #expect(starting.openInferenceLive == answer(200, #"{"live":true}"#))
        #expect(starting.openInferenceReady == answer(503, #"{"ready":false}"#))
        let failed = HealthReport(.cpu(.failed))
        #expect(failed.openInferenceLive == answer(503, #"{"live":false}"#))
        #expect(failed.openInferenceReady == answer(503, #"{"ready":false}"#))
    }

    @Test func aModelIsReadyWhereItIsInMemory() {
        let report = HealthReport(.cpu(models: [.init(.visual, state: .loaded, placement: .cpu)]))
        #expect(
            report.openInferenceReady(model: "ViT-B-32__openai")
                == answer(200, #"{"name":"ViT-B-32__openai","ready":true}"#))
        // Named as clients of the contract do.
        #expect(report.openInferenceReady(model: "immich-app/ViT-B-32::openai").httpStatus == 200)
        #expect(
            report.openInferenceReady(model: "clip/ViT-B-32__openai/visual")
                == answer(200, #"{"name":"clip/ViT-B-32__openai/visual","ready":true}"#))
        #expect(report.openInferenceReady(model: "clip/ViT-B-32__openai/textual").httpStatus == 404)
    }

    @Test func allModelsOfANameHaveToBeReady() {
        let half = HealthReport(
            .cpu(models: [
                .init(.visual, state: .loaded, placement: .cpu), .init(.textual, state: .loading),
            ]))
        #expect(half.openInferenceReady(model: "ViT-B-32__openai").httpStatus == 503)
        #expect(half.openInferenceReady(model: "clip/ViT-B-32__openai/visual").httpStatus == 200)
        // One slot has the one, another slot the other.
        let both = HealthReport(
            .cpu(models: [.init(.visual, state: .loaded), .init(.textual, state: .failed)]),
            .cpu(index: 1, models: [.init(.textual, state: .loaded)]))
        #expect(both.openInferenceReady(model: "ViT-B-32__openai").httpStatus == 200)
    }

    @Test func aModelOfASlotThatDoesNotRunIsNotReady() {
        let report = HealthReport(.cpu(.draining, models: [.init(.visual, state: .loaded)]))
        #expect(
            report.openInferenceReady(model: "ViT-B-32__openai")
                == answer(503, #"{"name":"ViT-B-32__openai","ready":false}"#))
    }

    @Test func anUnknownNameIsNotFoundAndCannotBreakOut() {
        let report = HealthReport(.cpu())
        #expect(
            report.openInferenceReady(model: "a\",\"ready\":true\n/")
                == answer(404, #"{"name":"a\",\"ready\":true\n/","ready":false}"#))
        #expect(report.openInferenceReady(model: "").httpStatus == 404)
    }

    /// Compared as what `OpenInferenceAnswer` shows.
    private func answer(_ status: Int, _ json: String) -> OpenInferenceAnswer {
        OpenInferenceAnswer(httpStatus: status, json: json)
    }
}
