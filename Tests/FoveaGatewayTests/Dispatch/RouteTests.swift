import FoveaCore
import FoveaGateway
import FoveaServer
import Testing

/// Which slots a model's requests go to.
@Suite struct RouteTests {
    private let slots = ["cuda:0", "cuda:1", "cpu", "openvino:GPU.0"].enumerated().map {
        Slot(index: $0.offset, device: $0.element, deviceID: "0")
    }

    private func groups(_ rules: ModelRule..., of model: ModelID) -> [[Int]] {
        RoutePlan(slots: slots, rules: rules).route(of: model).groups
    }

    private func rule(_ pattern: String, _ change: (inout ModelRule) -> Void) -> ModelRule {
        var rule = ModelRule(pattern: pattern)
        change(&rule)
        return rule
    }

    private let clip = ModelID(.clip, .visual, name: "a")
    private let faces = ModelID(.facialRecognition, .detection, name: "b")

    @Test func devicesOfTheFirstKindShareWhatNothingIsSaidOf() {
        #expect(groups(of: clip) == [[0, 1], [2], [3]])
    }

    @Test func aModelMayBePinned() {
        let rule = rule("clip/*") { $0.devices = [Device(.cuda, "1")] }
        #expect(groups(rule, of: clip) == [[1], [0, 2, 3]])
        #expect(groups(rule, of: faces) == [[0, 1], [2], [3]])
    }

    @Test func devicesComeInTheirOrder() {
        let rule = rule("clip/*") { $0.devices = [Device(.openvino, "GPU.0"), .cpu] }
        #expect(groups(rule, of: clip) == [[3], [2], [0, 1]])
    }

    @Test func replicasShareTheWork() {
        let rule = rule("clip/*") { $0.replicas = [Device(.cuda, "1"), Device(.openvino, "GPU.0")] }
        #expect(groups(rule, of: clip) == [[1, 3], [0, 2]])
    }

    @Test func withoutFallbackNoOtherSlotWillDo() {
        let rule = rule("clip/*") {
            $0.devices = [Device(.cuda, "1")]
            $0.fallsBack = false
        }
        #expect(groups(rule, of: clip) == [[1]])
    }

    @Test func aDeviceWithoutAWorkerIsForAnyWorkerToSayNoTo() {
        let rule = rule("clip/*") {
            $0.devices = [Device(.cuda, "7")]
            $0.fallsBack = false
        }
        #expect(groups(rule, of: clip) == [[0, 1, 2, 3]])
    }

    @Test func theFirstRuleThatSaysWhereCounts() {
        let keep = rule("clip/*") { $0.keepsAlways = true }
        let pin = rule("clip/*/visual") { $0.devices = [.cpu] }
        #expect(groups(keep, pin, of: clip)[0] == [2])
    }

    @Test func theFirstStepOfARequestDecides() {
        let pin = rule("facial-recognition/*/recognition") { $0.devices = [.cpu] }
        let request = PredictionRequest(
            payload: .image([]), steps: [.faceDetection(model: "b"), .faceRecognition(model: "b")])
        #expect(RoutePlan(slots: slots, rules: [pin]).route(of: request).groups[0] == [0, 1])
    }
}
