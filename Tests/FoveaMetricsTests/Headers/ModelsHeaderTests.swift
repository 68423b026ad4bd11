import FoveaCore
import FoveaMetrics
import Testing

// Values follow the lists, strings and parameters of RFC 9651, 3.1 to 3.3.
@Suite struct ModelsHeaderTests {
    private func run(_ name: String, device: String = "cpu") -> PredictionReport.ModelRun {
        PredictionReport.ModelRun(
            model: ModelID(.clip, .visual, name: name),
            placement: Placement(device: device, provider: "CPUExecutionProvider", precision: "fp32"),
            batch: 1, count: 1)
    }

    @Test func aMemberForEachModel() {
        var report = PredictionReport.visual
        report.runs.append(
            PredictionReport.ModelRun(
                model: ModelID(.ocr, .recognition, name: "PP-OCRv5_mobile"),
                placement: Placement(
                    device: "openvino:GPU.0", provider: "OpenVINOExecutionProvider", precision: "fp16"),
                batch: 6, count: 4))
        #expect(
            report.modelsHeader
                == #""clip/ViT-B-32__openai/visual";device="cpu";provider="CPUExecutionProvider";"#
                + #"precision="fp32";batch=1;count=1, "#
                + #""ocr/PP-OCRv5_mobile/recognition";device="openvino:GPU.0";"#
                + #"provider="OpenVINOExecutionProvider";precision="fp16";batch=6;count=4"#)
        #expect(PredictionReport.runs(models: report.modelsHeader ?? "") == report.runs)
        #expect(PredictionReport().modelsHeader == nil)
    }

    @Test func anotherServiceIsNamedBesideThem() {
        var report = PredictionReport()
        #expect(report.headers.isEmpty)
        report.service = "http://big:3003"
        #expect(report.headers.map(\.name) == ["X-Fovea-Service"])
        #expect(report.headers.map(\.value) == ["http://big:3003"])
    }

    /// `"` and `\` by backslash as RFC 9651 says, what its strings cannot hold
    /// by the percent-encoding of RFC 3986, 2.1.
    @Test func charactersThatAreNoneOfAString() {
        #expect(StructuredField.string(#"a"b\c%d é"#) == #""a\"b\\c%25d %C3%A9""#)
        #expect(StructuredField.string("\r\n\u{0}\u{7F}~") == #""%0D%0A%00%7F~""#)
    }

    @Test(arguments: [
        "", " ", "a\"b", "\"", "\\\"", "%", "%41", "%zz", "%%%", "é", "日本語", "🐕‍🦺", "a,b;c=d", "\";count=9",
        "\r\nX-Evil: 1", "a\u{0}b", "\u{301}", "\u{301}x", "x\u{301}", "/\u{301}", "a?b#c", "\t", "  two  ",
        "clip/x/visual", "\u{200B}\u{FEFF}", "\u{E000}\u{10FFFF}", String(repeating: "ü\"", count: 500),
    ])
    func anyNameComesBackAsItWas(_ name: String) throws {
        let runs = [run(name, device: name), run("next")]
        let header = try #require(PredictionReport(runs: runs).modelsHeader)
        // Nothing that ends a header, and ASCII only.
        #expect(header.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        let decoded = PredictionReport.runs(models: header)
        #expect(decoded == runs)
        // Strings are equal where they look alike; bytes are stricter.
        #expect(decoded.first.map { Array($0.model.name.utf8) } == Array(runs[0].model.name.utf8))
        #expect(decoded.first.map { Array($0.placement.device.utf8) } == Array(name.utf8))
    }

    private static let start = #""clip/a/visual";device="cpu";provider="P";precision="fp32""#

    @Test(arguments: [
        start + ";batch=1;count=2", "  \(start);batch=1;count=2  ", start + "; batch=1;  count=2",
        start + ";batch=1;count=2;new=?1;flag;n=-7", start + ";batch=9;batch=1;count=2",
        "?1, \(start);batch=1;count=2", "\"unknown\";x=1\t,\t\(start);batch=1;count=2",
    ])
    func otherWaysToWriteIt(_ text: String) {
        let run = PredictionReport.ModelRun(
            model: ModelID(.clip, .visual, name: "a"),
            placement: Placement(device: "cpu", provider: "P", precision: "fp32"), batch: 1, count: 2)
        #expect(PredictionReport.runs(models: text) == [run])
    }

    @Test(arguments: [
        "", start, start + ";batch=1", start + ";batch=1;count", start + ";batch=-1;count=1",
        start + ";batch=1;count=1,", start + ";batch=1;count=1 x", start + ";batch=1;count=1.5",
        start + ";batch=1;count=1234567890123456", start + ";batch=;count=1", start + ";BATCH=1;count=1",
        "(\(start);batch=1;count=1)", #""clip/a/visual"#, #""clip/a/visual\x""#, "\"clip/é/visual\"",
        #""clip/%FF/visual";device="cpu";provider="P";precision="fp32";batch=1;count=1"#,
        #""clip/a/detection";device="cpu";provider="P";precision="fp32";batch=1;count=1"#,
        #""clip/visual";device="cpu";provider="P";precision="fp32";batch=1;count=1"#,
        #""faces/a/visual";device="cpu";provider="P";precision="fp32";batch=1;count=1"#,
    ])
    func whatIsOfAnotherFormIsLeftOut(_ text: String) {
        #expect(PredictionReport.runs(models: text).isEmpty)
    }

    @Test func aReportComesBackFromItsHeaders() {
        let headers = PredictionReport.visual.headers
        #expect(headers.map(\.name) == ["Server-Timing", "X-Fovea-Models"])
        let report = PredictionReport(timing: headers.first?.value, models: headers.last?.value)
        #expect(report == .visual)
        #expect(PredictionReport(timing: nil, models: nil) == PredictionReport())
    }
}
