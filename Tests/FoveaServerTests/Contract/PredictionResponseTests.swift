import FoveaCore
import FoveaServer
import Testing

/// Every expected text is written after the samples of the contract.
@Suite struct PredictionResponseTests {
    private let size = ImageSize(width: 800, height: 600)

    @Test func anEmbeddingIsAStringThatHoldsAnArray() {
        #expect(json([(.clip, .embedding([0.0284, -0.0145, 1]))]) == #"{"clip":"[0.0284,-0.0145,1.0]"}"#)
        #expect(
            json([(.clip, .embedding([1e-7]))], size: size)
                == #"{"clip":"[1e-7]","imageHeight":600,"imageWidth":800}"#)
    }

    @Test func facesHaveABoxAnEmbeddingAndAScore() {
        let face = RecognizedFace(
            face: DetectedFace(box: Box(x1: 433, y1: -180, x2: 721, y2: 541), score: 0.9, landmarks: []),
            embedding: [0.5, -2])
        #expect(
            json([(.facialRecognition, .faces([face]))], size: size)
                == #"""
                {"facial-recognition":[{"boundingBox":{"x1":433.0,"y1":-180.0,"x2":721.0,"y2":541.0},\#
                "embedding":"[0.5,-2.0]","score":0.9}],"imageHeight":600,"imageWidth":800}
                """#)
        #expect(
            json([(.facialRecognition, .faces([]))], size: size)
                == #"{"facial-recognition":[],"imageHeight":600,"imageWidth":800}"#)
    }

    @Test func linesOfTextHaveCornersAsFractions() {
        let line = RecognizedText(
            line: DetectedText(
                corners: [
                    Point(x: 80, y: 60), Point(x: 400, y: 60), Point(x: 400, y: 120), Point(x: 80, y: 120),
                ],
                score: 0.75),
            text: "a \"b\" é\n", score: 0.5)
        #expect(
            json([(.ocr, .text([line, line]))], size: size)
                == #"""
                {"ocr":{"box":[0.1,0.1,0.5,0.1,0.5,0.2,0.1,0.2,0.1,0.1,0.5,0.1,0.5,0.2,0.1,0.2],\#
                "text":["a \"b\" é\n","a \"b\" é\n"],"boxScore":[0.75,0.75],"textScore":[0.5,0.5]},\#
                "imageHeight":600,"imageWidth":800}
                """#)
    }

    /// `numpy.float32(101) / numpy.float32(333)` and so on, as orjson prints them.
    @Test func fractionsAreDividedInSinglePrecision() {
        let line = RecognizedText(
            line: DetectedText(corners: [Point(x: 101, y: 7)], score: 1), text: "", score: 1)
        #expect(
            json([(.ocr, .text([line]))], size: ImageSize(width: 333, height: 77))
                .hasPrefix(#"{"ocr":{"box":[0.3033033,0.09090909],"#))
    }

    @Test func noTextHasItsKeysInAnotherOrder() {
        #expect(
            json([(.ocr, .text([]))], size: size)
                == #"{"ocr":{"box":[],"boxScore":[],"text":[],"textScore":[]},"imageHeight":600,"imageWidth":800}"#
        )
    }

    @Test func detectionAloneIsInPixels() {
        let points = [Point(x: 1, y: 2), Point(x: 3, y: 2), Point(x: 3, y: 4), Point(x: 1, y: 4)]
        #expect(
            json([(.ocr, .detectedText([DetectedText(corners: points, score: 0.5)]))], size: size)
                == #"""
                {"ocr":{"boxes":[[[1.0,2.0],[3.0,2.0],[3.0,4.0],[1.0,4.0]]],"scores":[0.5]},\#
                "imageHeight":600,"imageWidth":800}
                """#)
        let face = DetectedFace(
            box: Box(x1: 1, y1: 2, x2: 3, y2: 4), score: 0.5, landmarks: [Point(x: 1.5, y: 2.25)])
        #expect(
            json([(.facialRecognition, .detectedFaces([face]))], size: size)
                == #"""
                {"facial-recognition":{"boxes":[[1.0,2.0,3.0,4.0]],"scores":[0.5],"landmarks":[[[1.5,2.25]]]},\#
                "imageHeight":600,"imageWidth":800}
                """#)
    }

    @Test func tasksKeepTheirOrderAndSizesComeLast() {
        #expect(
            json([(.ocr, .text([])), (.clip, .embedding([])), (.facialRecognition, .faces([]))], size: size)
                == #"""
                {"ocr":{"box":[],"boxScore":[],"text":[],"textScore":[]},"clip":"[]","facial-recognition":[],\#
                "imageHeight":600,"imageWidth":800}
                """#)
    }

    private func json(_ answers: [(task: ModelTask, answer: Answer)], size: ImageSize? = nil) -> String {
        String(decoding: PredictionResponse(answers: answers, imageSize: size).json, as: UTF8.self)
    }
}
