import FoveaBackends
import FoveaCore
import FoveaSystem
import Foundation
import Testing

struct DoctorReportTests {
    @Test(arguments: FixtureSystem.all)
    func textFitsAPage(name: String) throws {
        let text = try Examination(name).report().text(colour: false)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 50)
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(!text.contains("\u{1B}"))
    }

    @Test(arguments: FixtureSystem.all)
    func everyProblemHasExactlyOneNextStepInTheText(name: String) throws {
        let report = try Examination(name).report()
        let steps = report.text(colour: false).split(separator: "\n").count { $0.hasPrefix("    -> ") }
        #expect(steps == report.sections.flatMap(\.problems).count)
        for problem in report.sections.flatMap(\.problems) {
            #expect(problem.nextStep.hasSuffix(".") && !problem.message.isEmpty)
        }
    }

    @Test(arguments: FixtureSystem.all)
    func jsonSaysTheSame(name: String) throws {
        let report = try Examination(name).report([.webgpu], facts: EnvironmentFacts(wanted: [.cpu]))
        #expect(try JSONDecoder().decode(DoctorReport.self, from: report.json()) == report)
    }

    @Test func jsonNamesDevicesAsSettingsDo() throws {
        let json = String(decoding: try Examination("nvidia-good").report().json(), as: UTF8.self)
        #expect(json.contains("\"cuda:0\""))
        #expect(json.contains("\"state\" : \"needsAttention\""))
    }

    @Test func colourChangesNothingButColours() throws {
        let report = try Examination("intel-render-group").report()
        let coloured = report.text(colour: true)
        #expect(coloured.contains("\u{1B}[33mneeds attention\u{1B}[0m"))
        let plain = coloured.replacing(/\u{1B}\[[0-9]+m/, with: "")
        #expect(plain == report.text(colour: false))
    }

    @Test func textOfARenderGroupProblem() throws {
        let text = try Examination("intel-render-group").report([.openvino]).text(colour: false)
        #expect(
            text.contains(
                """
                Intel: needs attention (openvino:GPU.0)
                  Intel HD or UHD graphics, generation 9 (8086:5a85), at 0000:00:02.0
                  driver: i915 for openvino:GPU.0
                  node: /dev/dri/renderD128 for openvino:GPU.0
                  ! User 1000 may not use /dev/dri/renderD128: mode 660, group 105.
                    -> Start the container with `--group-add 105` (in a compose file: `group_add: ["105"]`).
                """))
        #expect(text.contains("not here: NVIDIA, AMD, Arm Mali, Rockchip NPU"))
        #expect(text.contains("  openvino:GPU.0    Intel HD or UHD graphics"))
    }

    @Test func whatWasAskedForDecides() throws {
        let examination = try Examination("nvidia-good")
        let wanted = EnvironmentFacts(wanted: [try device("cuda:0"), try device("openvino:GPU.0")])
        let report = examination.report([.cuda12], facts: wanted)
        #expect(!report.isGood)
        #expect(report.text(colour: false).contains("asked for: cuda:0, openvino:GPU.0 (not usable)"))
        #expect(!examination.report().isGood)
    }

    @Test func modelsAreListedWithTheirDevices() throws {
        let placement = EnvironmentFacts.ModelPlacement(
            model: "ViT-B-32__openai textual", device: .cpu)
        let text = try Examination("cpu-no-avx").report(facts: EnvironmentFacts(placements: [placement]))
            .text(colour: false)
        #expect(text.contains("models\n  ViT-B-32__openai textual on cpu"))
    }
}
