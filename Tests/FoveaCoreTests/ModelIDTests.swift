import FoveaCore
import Testing

@Suite struct ModelIDTests {
    /// The part after the last `/`, then `:` and `\` to `_`, then no dots.
    @Test(arguments: [
        ("ViT-B-32__openai", "ViT-B-32__openai"),
        ("ViT-B-32::openai", "ViT-B-32__openai"),
        ("immich-app/ViT-B-32::openai", "ViT-B-32__openai"),
        ("a/b/c", "c"),
        ("../ViT.-B-32__openai", "ViT-B-32__openai"),
        ("../../etc/passwd", "passwd"),
        (#"..\..\windows"#, "__windows"),
        (#"C:\models\a"#, "C__models_a"),
        ("PP-OCRv5_mobile", "PP-OCRv5_mobile"),
        ("EN__PP-OCRv5_mobile", "EN__PP-OCRv5_mobile"),
        ("a b", "a b"),
        ("模型.онлайн", "模型онлайн"),
    ])
    func namesAreCleaned(sent: String, expected: String) {
        #expect(ModelID.cleaned(sent) == expected)
        #expect(ModelID.cleaned(expected) == expected, "Cleaning twice must change nothing")
    }

    /// A combining mark makes one character of itself and what is before it,
    /// which is still a separator to the file system.
    @Test(arguments: [
        ("a/\u{301}b", "\u{301}b"), ("../\u{301}", "\u{301}"), (".\u{301}.", "\u{301}"),
        ("a:\u{301}b", "a_\u{301}b"), ("a\\\u{301}b", "a_\u{301}b"), ("a\r\n/b", "b"),
    ])
    func combiningMarksHideNothing(sent: String, expected: String) {
        #expect(Array(ModelID.cleaned(sent).utf8) == Array(expected.utf8))
    }

    @Test(arguments: ["", ".", "..", "/", "a/", "../..", "...."])
    func namesWithNothingLeftAreEmpty(sent: String) {
        #expect(ModelID.cleaned(sent) == "")
    }

    @Test(arguments: ["a/../b", "..", "./.", #"\..\"#, "/etc", "a/.ssh", "..../x..", "::/::"])
    func noNameLeadsOutOfTheFolder(sent: String) {
        let name = ModelID.cleaned(sent)
        #expect(
            !name.utf8.contains { [UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ".")].contains($0) })
    }

    /// Two spellings of a model are one, and two parts of a model are two.
    @Test func identityIsTheCleanedName() {
        let id = ModelID(.clip, .textual, name: "immich-app/ViT-B-32::openai")
        #expect(id == ModelID(.clip, .textual, name: "ViT-B-32__openai"))
        #expect(id != ModelID(.clip, .visual, name: "ViT-B-32__openai"))
        #expect(id.description == "clip/ViT-B-32__openai/textual")
    }

    /// The contract's keys, which are the cache's folders too.
    @Test func keysAreTheContracts() {
        #expect(ModelTask.allCases.map(\.rawValue) == ["clip", "facial-recognition", "ocr"])
        #expect(ModelType.allCases.map(\.rawValue) == ["visual", "textual", "detection", "recognition"])
        #expect(ModelTask.facialRecognition.types == [.detection, .recognition])
    }

    @Test func stepsNameTheirModel() {
        let steps: [PredictionRequest.Step] = [
            .clipVisual(model: "a/b"), .clipTextual(model: "a/b", language: "de"), .faceDetection(model: "b"),
            .faceRecognition(model: "b"), .textDetection(model: "b"), .textRecognition(model: "b"),
        ]
        #expect(
            steps.map(\.model.description) == [
                "clip/b/visual", "clip/b/textual", "facial-recognition/b/detection",
                "facial-recognition/b/recognition", "ocr/b/detection", "ocr/b/recognition",
            ])
    }
}
