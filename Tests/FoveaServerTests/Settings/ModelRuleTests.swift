import FoveaCore
import FoveaServer
import Testing

/// What fovea.yaml says about devices and models.
@Suite struct ModelRuleTests {
    @Test func everythingCanBeSaid() throws {
        let file = try ConfigurationFile.parse(
            """
            devices: [cuda:0, openvino:GPU.1, cpu]
            models:
              - match: clip/*/textual
                device: cpu
                keep: always
              - match: facial-recognition/*
                replicas: [cuda:0, cuda:1]
                precision: fp16
                fallback: fail
                known-bad: allow
              - match: ocr
                device: [openvino:GPU.0, cpu]
            """)
        #expect(file.places.map(\.device) == [Device(.cuda, "0"), Device(.openvino, "GPU.1"), .cpu])
        #expect(file.models.count == 3)
        #expect(file.models[0].places == [.device(.cpu)])
        #expect(file.models[0].keepsAlways)
        #expect(file.models[0].fallsBack)
        #expect(!file.models[0].allowsKnownBad)
        #expect(file.models[1].replicas.map(\.device) == [Device(.cuda, "0"), Device(.cuda, "1")])
        #expect(file.models[1].precision == .fp16)
        #expect(!file.models[1].fallsBack)
        #expect(file.models[1].allowsKnownBad)
        #expect(file.models[2].places.map(\.device) == [Device(.openvino, "GPU.0"), .cpu])
    }

    @Test func servicesStandWhereDevicesDo() throws {
        let file = try ConfigurationFile.parse(
            """
            devices: [http://big:3003/secret, cpu]
            models:
              - match: clip/*/textual
                device: [cpu, http://big:3003/secret/]
              - match: ocr
                device: https://other
              - match: facial-recognition
                replicas: [http://big:3003/secret, cpu]
            """)
        let big = SlotPlace.service(try ServiceAddress("http://big:3003/secret"))
        #expect(file.places == [big, .device(.cpu)])
        #expect(file.models[0].places == [.device(.cpu), big])
        #expect(file.models[1].places == [.service(try ServiceAddress("https://other"))])
        #expect(file.models[2].replicas == [big, .device(.cpu)])
        #expect(file.models.map(\.saysWhere) == [true, true, true])
    }

    @Test(arguments: [
        "devices: [http://me:pw@big/secret]", "devices: [http:/secret]", "devices: ['http://big:0/secret']",
        "devices: [ftp://big/secret]", "devices: [http:///secret]", "devices: ['http://big/secret?x']",
        "models: [{match: a, device: 'http://big:99999/secret'}]",
        "models: [{match: a, replicas: ['http:secret']}]",
    ])
    func aBadAddressIsNamedWithItsLineAndWithoutItsSecret(text: String) throws {
        let error = try #require(throws: FoveaError.self) { try ConfigurationFile.parse(text) }
        #expect(error.code == .invalidSetting)
        #expect(error.message.hasPrefix("line 1: "), "\(error.message)")
        #expect(!error.message.contains("secret") && !error.message.contains("pw"), "\(error.message)")
    }

    @Test(arguments: [
        ("devices: [voodoo]", "voodoo"), ("devices: [cuda:x]", "cuda:x"), ("devices: cuda:0", "list"),
        ("models: [{match: a, device: gpu}]", "gpu"), ("models: [{match: a, device: []}]", "names no device"),
        ("models: [{match: a, precision: fp8}]", "fp32, fp16, bf16, int8"),
        ("models: [{match: a, fallback: maybe}]", "'fail' or 'next'"),
        ("models: [{match: a, known-bad: yes}]", "'allow' or 'avoid'"),
        ("models: [{match: a, keep: never}]", "'always'"),
        ("models: [{match: a, device: cpu, replicas: [cpu]}]", "not both"),
        ("models: [{match: a, colour: red}]", "colour"), ("models: [{device: cpu}]", "match"),
    ])
    func whatCannotBeMeantIsNamedWithItsLine(text: String, named: String) throws {
        let error = try #require(throws: FoveaError.self) { try ConfigurationFile.parse(text) }
        #expect(error.code == .invalidSetting)
        #expect(error.message.contains("line 1"))
        #expect(error.message.contains(named), "\(error.message)")
    }

    @Test(arguments: [
        ("cpu", Device.cpu), ("cuda", Device(.cuda, "0")), ("CUDA:2", Device(.cuda, "2")),
        ("openvino:NPU", Device(.openvino, "NPU")), ("tensorrt-rtx:1", Device(.tensorRTRTX, "1")),
        ("armnn", Device(.armnn)), ("rknn", Device(.rknn)),
    ])
    func devicesHaveNames(name: String, device: Device) {
        #expect(Device(name) == device)
        #expect(Device(device.description) == device)
    }

    @Test(arguments: ["", "cpu:0", "cuda:", "cuda:-1", "cuda:0:1", "armnn:0", "openvino:gpu", "gpu"])
    func whatIsNoDevice(name: String) {
        #expect(Device(name) == nil)
    }
}
