import ArmNNBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// Every setting reaches the native call it belongs to.
@Suite(.enabled(if: Stub.isPossible, Stub.reason), .timeLimit(.minutes(1)))
struct OptionsTests {
    private func calls(_ change: (inout ArmNNConfiguration) -> Void) async throws -> [String] {
        try await Stub.make { stub in
            let backend = try stub.backend {
                $0.cachesNetworks = false
                change(&$0)
            }
            try await stub.withSession(backend) { _ in }
            let model = stub.model.path(percentEncoded: false)
            return stub.calls.map { $0.replacing(model, with: "MODEL") }
        }
    }

    @Test func defaults() async throws {
        #expect(
            try await calls { _ in } == [
                "create folder=none level=2 file=none",
                "load MODEL backends=GpuAcc fast=1 fp16=0 save=0 cached=none",
                "unload 7",
                "destroy",
            ])
    }

    @Test func others() async throws {
        let calls = try await calls {
            $0.backends = ["GpuAcc", "CpuAcc"]
            $0.fastMath = false
            $0.fp16 = true
            $0.tuningLevel = 3
            $0.dynamicBackendsPath = "/opt/armnn/backends"
        }
        #expect(
            calls.prefix(2) == [
                "create folder=/opt/armnn/backends level=3 file=none",
                "load MODEL backends=GpuAcc,CpuAcc fast=0 fp16=1 save=0 cached=none",
            ])
    }

    @Test func fp16IsToldByThePlacement() async throws {
        let fp16 = Placement(device: "armnn", provider: "ARMNN", precision: "fp16")
        let fp32 = Placement(device: "armnn", provider: "ARMNN", precision: "fp32")
        for (definitions, wanted, placement) in [
            ([], true, fp16), ([], false, fp32), (["STUB_REFUSES_FP16"], true, fp32),
        ] {
            try await Stub.make(definitions) { stub in
                let messages = Messages()
                let backend = try stub.backend {
                    $0.fp16 = wanted
                    $0.log = messages.add
                }
                try await stub.withSession(backend) { #expect($0.placement == placement) }
                let warned = messages.all.contains {
                    $0.severity == .warning && $0.text.contains("cannot be computed in fp16")
                }
                #expect(warned == (wanted && placement == fp32))
            }
        }
    }

    @Test func theLogHasTheLinesThatPeopleLookFor() async throws {
        try await Stub.make { stub in
            let messages = Messages()
            let backend = try stub.backend {
                $0.cachesNetworks = false
                $0.log = messages.add
            }
            try await stub.withSession(backend) { _ in }
            let model = stub.model.path(percentEncoded: false)
            let lines = [
                "Loading ANN model \(model) ...", "Loaded ANN model with ID 7", "Unloaded ANN model 7",
            ]
            #expect(
                messages.all.filter { $0.text.contains("ANN model") }
                    == lines.map { .init(severity: .info, text: $0) })
        }
    }
}
