import Foundation
import FoveaBench
import NIOCore
import Testing

@Suite struct BenchCaseTests {
    @Test func entriesAreTheContracts() throws {
        let faces = try #require(BenchCase(.faces, model: "buffalo_l").entries)
        let detection: NSDictionary = ["modelName": "buffalo_l", "options": ["minScore": 0.7]]
        let expected: NSDictionary = [
            "facial-recognition": ["detection": detection, "recognition": ["modelName": "buffalo_l"]]
        ]
        #expect(try JSONSerialization.jsonObject(with: Data(faces.utf8)) as? NSDictionary == expected)
        #expect(
            BenchCase(.clipText, model: "a\"b").entries == #"{"clip":{"textual":{"modelName":"a\"b"}}}"#)
        #expect(BenchCase(.ping).entries == nil)
    }

    @Test(arguments: BenchTask.allCases.filter { $0 != .ping })
    func entriesAreJSON(task: BenchTask) throws {
        let entries = try #require(BenchCase(task, model: "M").entries)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(entries.utf8)) }
    }

    @Test func textsAreMeasuredFreshAndRepeated() {
        #expect(
            BenchCase.all(.clipText, model: "M").map(\.name) == ["clip-text, fresh", "clip-text, repeated"])
        #expect(BenchCase.all(.ocr, model: "M").map(\.name) == ["ocr"])
    }

    @Test func picturesTakeTurns() throws {
        let form = try #require(BenchCase(.clipImage, model: "M").forms(pictures: [[1], [2, 2]]))
        #expect(form(0).body.readableBytes + 1 == form(1).body.readableBytes)
        #expect(form(2).body == form(0).body)
        #expect(form(0).contentType.hasPrefix("multipart/form-data; boundary="))
    }

    @Test func freshTextsNeverComeBackAndRepeatedOnesDo() {
        let (fresh, again) = (BenchTexts(.fresh), BenchTexts(.fresh))
        let texts = (0..<1000).flatMap { [fresh.text($0), again.text($0)] }
        #expect(Set(texts).count == 2000)
        let repeated = BenchTexts(.repeated)
        #expect(Set((0..<1000).map(repeated.text)).count == 8)
    }

    @Test func picturesOfAFolderAreSpread() {
        #expect(PictureFolder.spread(Array(0..<10), most: 4) == [0, 2, 5, 7])
        #expect(PictureFolder.spread([1, 2], most: 4) == [1, 2])
    }

    @Test func aFolderWithoutPicturesSaysSo() throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
        #expect(throws: (any Error).self) { try PictureFolder(folder).previews() }
    }
}
