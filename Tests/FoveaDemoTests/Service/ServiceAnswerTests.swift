import Foundation
import FoveaClient
import FoveaCore
import FoveaDemoKit
import Testing

@Suite struct ServiceAnswerTests {
    private func answer(_ json: String) throws -> ServiceAnswer { try ServiceAnswer(json: Data(json.utf8)) }

    @Test func readsEmbeddings() throws {
        let answer = try answer(#"{"clip":"[0.5,-0.25,1e-7]","imageHeight":512,"imageWidth":640}"#)
        #expect(answer.embedding == [0.5, -0.25, 1e-7])
        #expect(answer.imageSize == ImageSize(width: 640, height: 512))
        #expect(answer.faces == nil)
    }

    @Test func readsFaces() throws {
        let answer = try answer(
            #"""
            {"facial-recognition":[{"boundingBox":{"x1":-3.0,"y1":180.0,"x2":721.0,"y2":541.0},
            "embedding":"[1.0,2.0]","score":0.75}],"imageHeight":5,"imageWidth":4}
            """#)
        let box = Box(x1: -3, y1: 180, x2: 721, y2: 541)
        #expect(answer.faces == [PhotoFace(box: box, score: 0.75, embedding: [1, 2])])
        #expect(try self.answer(#"{"facial-recognition":[]}"#).faces == [])
    }

    @Test func readsLinesOfText() throws {
        let answer = try answer(
            #"""
            {"ocr":{"box":[0.0,0.1,0.2,0.1,0.2,0.3,0.0,0.3],"text":["Straße"],"boxScore":[0.9],
            "textScore":[0.5]}}
            """#)
        let corners = [(0, 0.1), (0.2, 0.1), (0.2, 0.3), (0, 0.3)].map {
            Point(x: Float($0.0), y: Float($0.1))
        }
        #expect(answer.lines == [PhotoLine(text: "Straße", score: 0.5, corners: corners)])
        let empty = #"{"ocr":{"box":[],"boxScore":[],"text":[],"textScore":[]}}"#
        #expect(try self.answer(empty).lines == [])
    }

    @Test(arguments: [
        "", "[]", "pong", #"{"clip":[0.5]}"#, #"{"clip":"[null]"}"#, #"{"clip":"0.5"}"#,
        #"{"facial-recognition":[{"score":1}]}"#,
        #"{"ocr":{"box":[0.0],"text":["a"],"boxScore":[1],"textScore":[1]}}"#,
        #"{"ocr":{"box":[0,0,0,0,0,0,0,0],"text":["a"],"boxScore":[1],"textScore":[]}}"#,
    ])
    func refusesWhatTheContractDoesNotSay(json: String) {
        #expect(throws: FoveaError.self) { try answer(json) }
    }

    @Test(arguments: [
        (#"{"detail":"Image has zero width or height"}"#, "Image has zero width or height"),
        (
            #"{"detail":[{"type":"missing","loc":["body","entries"],"msg":"Field required","input":null}]}"#,
            "Field required"
        ),
        ("Internal Server Error\n", "Internal Server Error"),
        ("", "no reason given"),
    ])
    func findsTheReasonOfARefusal(body: String, reason: String) {
        let refusal = ServiceRefusal(status: 400, body: Data(body.utf8))
        #expect(refusal.reason == reason)
        #expect(refusal.description == "\(reason) (status 400)")
    }
}
