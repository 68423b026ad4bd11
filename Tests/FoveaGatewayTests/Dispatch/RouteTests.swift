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
        let rule = rule("clip/*") { $0.places = [.device(Device(.cuda, "1"))] }
        #expect(groups(rule, of: clip) == [[1], [0, 2, 3]])
        #expect(groups(rule, of: faces) == [[0, 1], [2], [3]])
    }

    @Test func devicesComeInTheirOrder() {
        let rule = rule("clip/*") { $0.places = [.device(Device(.openvino, "GPU.0")), .device(.cpu)] }
        #expect(groups(rule, of: clip) == [[3], [2], [0, 1]])
    }

    @Test func replicasShareTheWork() {
        let rule = rule("clip/*") {
            $0.replicas = [.device(Device(.cuda, "1")), .device(Device(.openvino, "GPU.0"))]
        }
        #expect(groups(rule, of: clip) == [[1, 3], [0, 2]])
    }

    @Test func withoutFallbackNoOtherSlotWillDo() {
        let rule = rule("clip/*") {
            $0.places = [.device(Device(.cuda, "1"))]
            $0.fallsBack = false
        }
        #expect(groups(rule, of: clip) == [[1]])
    }

    @Test func aDeviceWithoutAWorkerIsForAnyWorkerToSayNoTo() {
        let rule = rule("clip/*") {
            $0.places = [.device(Device(.cuda, "7"))]
            $0.fallsBack = false
        }
        #expect(groups(rule, of: clip) == [[0, 1, 2, 3]])
    }

    @Test func theFirstRuleThatSaysWhereCounts() {
        let keep = rule("clip/*") { $0.keepsAlways = true }
        let pin = rule("clip/*/visual") { $0.places = [.device(.cpu)] }
        #expect(groups(keep, pin, of: clip)[0] == [2])
    }

    @Test func theFirstStepOfARequestDecides() {
        let pin = rule("facial-recognition/*/recognition") { $0.places = [.device(.cpu)] }
        let request = PredictionRequest(
            payload: .image([]), steps: [.faceDetection(model: "b"), .faceRecognition(model: "b")])
        #expect(RoutePlan(slots: slots, rules: [pin]).route(of: request).groups[0] == [0, 1])
    }
}

/// Which slots requests go to where some are other services.
@Suite struct ServiceRouteTests {
    private let big: ServiceAddress
    private let other: ServiceAddress

    init() throws {
        big = try ServiceAddress("http://big:3003/secret")
        other = try ServiceAddress("https://other")
    }

    private func groups(
        _ places: [SlotPlace], _ rule: ModelRule? = nil,
        of model: ModelID = ModelID(.clip, .textual, name: "a")
    ) -> [[Int]] {
        let slots = places.enumerated().map { index, place in
            switch place {
            case .device(let device): Slot(index: index, device: device.description, deviceID: "0")
            case .service(let address): Slot(index: index, service: address)
            }
        }
        return RoutePlan(slots: slots, rules: rule.map { [$0] } ?? []).route(of: model).groups
    }

    @Test func aServiceIsAKindOfItsOwn() {
        #expect(groups([.service(big), .device(.cpu)]) == [[0], [1]])
        #expect(groups([.device(.cpu), .service(big)]) == [[0], [1]])
        #expect(groups([.service(big), .device(.cpu), .service(other)]) == [[0, 2], [1]])
    }

    @Test func rulesNameServices() {
        var rule = ModelRule(pattern: "clip/*/textual")
        rule.places = [.device(.cpu), .service(big)]
        #expect(groups([.service(big), .device(.cpu)], rule) == [[1], [0]])
        rule.places = [.service(other), .service(big)]
        rule.fallsBack = false
        #expect(groups([.service(big), .device(.cpu), .service(other)], rule) == [[2], [0]])
        rule.places = []
        rule.replicas = [.service(other), .device(.cpu)]
        #expect(groups([.service(big), .device(.cpu), .service(other)], rule) == [[1, 2]])
    }

    @Test func whatFallsBackSharesWithNoOtherMachine() {
        var rule = ModelRule(pattern: "clip/*")
        rule.places = [.device(Device(.cuda, "0"))]
        let gpu = SlotPlace.device(Device(.cuda, "0"))
        #expect(
            groups([gpu, .service(big), .device(.cpu), .device(Device(.cuda, "1"))], rule) == [
                [0], [2, 3], [1],
            ])
        #expect(groups([.service(big), gpu, .device(.cpu)], rule) == [[1], [0], [2]])
    }

    @Test func aDeviceWithoutAWorkerIsNotForServicesToSayNoTo() {
        var rule = ModelRule(pattern: "clip/*")
        rule.places = [.device(Device(.cuda, "7"))]
        rule.fallsBack = false
        #expect(groups([.service(big), .device(.cpu)], rule) == [[1]])
        #expect(groups([.service(big)], rule) == [])
    }

    @Test func theSamePathIsPartOfTheAddress() throws {
        var rule = ModelRule(pattern: "clip/*")
        rule.places = [.service(try ServiceAddress("http://big:3003/another"))]
        rule.fallsBack = false
        #expect(groups([.service(big), .device(.cpu)], rule) == [[1]])
    }
}
