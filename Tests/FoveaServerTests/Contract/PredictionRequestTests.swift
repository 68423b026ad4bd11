import FoveaCore
import FoveaServer
import HTTPTypes
import Testing

@Suite struct PredictionRequestTests {
    private static let visual = PredictionForm.Field.bytes(#"{"clip":{"visual":{"modelName":"m"}}}"#)
    private static let textual = PredictionForm.Field.bytes(#"{"clip":{"textual":{"modelName":"m"}}}"#)

    @Test func anImageWinsOverAText() throws {
        let request = try PredictionRequest(
            PredictionForm(entries: Self.visual, text: .bytes("a dog"), image: [1, 2, 3]))
        guard case .image([1, 2, 3]) = request.payload else { return #expect(Bool(false)) }
        #expect(request.steps == [.clipVisual(model: "m")])
    }

    @Test func aTextIsKeptAsItIs() throws {
        let request = try PredictionRequest(PredictionForm(entries: Self.textual, text: .bytes(" é\u{0}\n ")))
        guard case .text(" é\u{0}\n ") = request.payload else { return #expect(Bool(false)) }
    }

    @Test func entriesAreNeeded() {
        // FastAPI's body for a required form field that is not there.
        let expected =
            #"{"detail":[{"type":"missing","loc":["body","entries"],"msg":"Field required","input":null}]}"#
        do {
            _ = try PredictionRequest(PredictionForm(text: .bytes("a"), image: [1]))
            #expect(Bool(false))
        } catch {
            #expect(error.status == .unprocessableContent)
            #expect(String(decoding: error.content.bytes, as: UTF8.self) == expected)
        }
    }

    @Test func textFieldsMustNotBeFiles() {
        #expect(status { try PredictionRequest(PredictionForm(entries: .file, text: .bytes("a"))) } == 422)
        #expect(status { try PredictionRequest(PredictionForm(entries: Self.textual, text: .file)) } == 422)
    }

    @Test func entriesAreLookedAtFirst() {
        #expect(status { try PredictionRequest(PredictionForm(entries: .bytes("{}"))) } == 422)
        #expect(status { try PredictionRequest(PredictionForm(entries: .bytes("x"), text: .file)) } == 422)
    }

    @Test func somethingToLookAtIsNeeded() {
        #expect(
            detail { try PredictionRequest(PredictionForm(entries: Self.visual)) }
                == "Either image or text must be provided")
        #expect(status { try PredictionRequest(PredictionForm(entries: Self.visual)) } == 400)
        #expect(status { try PredictionRequest(PredictionForm(entries: Self.visual, image: [])) } == 400)
    }

    @Test func textsAreUTF8() {
        #expect(
            detail {
                try PredictionRequest(PredictionForm(entries: Self.textual, text: .bytes([0xFF, 0xFE])))
            }
                == "'text' is not valid UTF-8.")
    }

    @Test func theModelHasToFit() {
        let image = PredictionForm(entries: Self.textual, image: [1])
        #expect(status { try PredictionRequest(image) } == 400)
        #expect(
            detail { try PredictionRequest(image) }?.contains("takes a text, but an image was sent") == true)
        for entries in [
            #"{"clip":{"visual":{"modelName":"m"}}}"#, #"{"ocr":{"detection":{"modelName":"m"}}}"#,
            #"{"facial-recognition":{"detection":{"modelName":"m"}}}"#,
        ] {
            let text = PredictionForm(entries: .bytes(entries), text: .bytes("/etc/passwd"))
            #expect(status { try PredictionRequest(text) } == 400)
            #expect(
                detail { try PredictionRequest(text) }?.contains("takes an image, but a text was sent")
                    == true)
        }
    }

    @Test func recognitionNeedsDetection() {
        let ocr = PredictionForm(entries: .bytes(#"{"ocr":{"recognition":{"modelName":"m"}}}"#), image: [1])
        #expect(
            detail { try PredictionRequest(ocr) }
                == "TextRecognizer depends on output of (<ModelType.DETECTION: 'detection'>, <ModelTask.OCR: 'ocr'>)"
        )
        let faces = PredictionForm(
            entries: .bytes(
                #"{"facial-recognition":{"recognition":{"modelName":"m"}},"ocr":{"detection":{"modelName":"m"}}}"#
            ),
            image: [1])
        #expect(
            detail { try PredictionRequest(faces) }
                == """
                FaceRecognizer depends on output of (<ModelType.DETECTION: 'detection'>, \
                <ModelTask.FACIAL_RECOGNITION: 'facial-recognition'>)
                """)
        #expect(status { try PredictionRequest(faces) } == 400)
    }
}
