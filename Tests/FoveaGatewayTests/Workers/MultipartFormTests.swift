import FoveaCore
import FoveaGateway
import FoveaServer
import NIOCore
import Testing

/// What the gateway sends is what a worker's form reader reads.
@Suite struct MultipartFormTests {
    private func read(_ call: PredictionCall) throws -> PredictionForm {
        let form = MultipartForm(call)
        var reader = try FormReader(
            contentType: form.contentType, contentLength: form.body.readableBytes, limits: Limits())
        var rest = form.body
        while rest.readableBytes > 0 {
            if let chunk = rest.readSlice(length: min(1000, rest.readableBytes)) { try reader.push(chunk) }
        }
        return try reader.finish()
    }

    @Test func picturesArriveToTheByte() throws {
        var random = SplitMix(state: 1)
        let pictures: [[UInt8]] = [
            [], [0], Array(0...255), Array("\r\n--\r\n".utf8), Array("--".utf8), Array("\r\n".utf8),
            Array(#"--b--\r\nContent-Disposition: form-data; name="image""#.utf8),
            (0..<100_000).map { _ in UInt8.random(in: 0...3, using: &random) == 0 ? UInt8(13) : UInt8(10) },
            (0..<100_000).map { _ in .random(in: 0...255, using: &random) },
        ]
        for picture in pictures {
            let form = try read(.image(picture))
            #expect(form.image == picture)
            #expect(form.text == nil)
        }
    }

    @Test(arguments: [
        "a", "a dog", "\r\n", "\r\n--", "Zwölf Boxkämpfer", "犬", "👩‍👩‍👧", "\u{0}", " \t ", "a=b&c=%41",
        String(repeating: "x", count: 100_000),
    ])
    func textsArriveToTheByte(_ text: String) throws {
        let form = try read(.text(text))
        #expect(form.text == .bytes(Array(text.utf8)))
        #expect(form.image == nil)
    }

    @Test func entriesArriveAsTheyCame() throws {
        var call = PredictionCall.text("a")
        call.entries = Array("{\"clip\" :\r\n {\"textual\": {\"modelName\": \"\\u0061é\"}} }".utf8)
        #expect(try read(call).entries == .bytes(call.entries))
    }

    @Test func theRequestIsTheSame() throws {
        for call in [PredictionCall.text("a"), .image([1, 2, 3])] {
            let request = try PredictionRequest(read(call))
            #expect(request.steps == call.request.steps)
            switch (request.payload, call.request.payload) {
            case (.text(let sent), .text(let read)): #expect(sent == read)
            case (.image(let sent), .image(let read)): #expect(sent == read)
            default: Issue.record("A text became a picture, or a picture a text")
            }
        }
    }

    @Test func noTwoFormsHaveTheSameBoundary() {
        let types = (0..<100).map { _ in MultipartForm(.text("a")).contentType }
        #expect(Set(types).count == 100)
    }
}
