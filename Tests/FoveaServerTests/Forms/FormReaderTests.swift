import FoveaServer
import NIOCore
import Testing

@Suite struct FormReaderTests {
    private static let multipart = "multipart/form-data; boundary=b"
    private static let urlEncoded = "application/x-www-form-urlencoded"

    @Test func readsMultipart() throws {
        let form = try read(
            part("text", "a dog") + part("image", "JPEG", file: "a.jpg") + part("entries", "{}") + "--b--")
        #expect(
            form == PredictionForm(entries: .bytes("{}"), text: .bytes("a dog"), image: Array("JPEG".utf8)))
    }

    @Test func theLastOfEqualFieldsCounts() throws {
        let form = try read(
            part("entries", "1") + part("image", "1", file: "") + part("text", "1", file: "x")
                + part("text", "2")
                + part("entries", "2") + part("image", "2", file: "") + "--b--")
        #expect(form == PredictionForm(entries: .bytes("2"), text: .bytes("2"), image: Array("2".utf8)))
    }

    @Test func anEmptyTextIsMissingButAnEmptyFileIsNot() throws {
        #expect(
            try read(part("entries", "") + part("text", "") + part("image", "") + "--b--") == PredictionForm()
        )
        #expect(try read(part("image", "", file: "") + "--b--") == PredictionForm(image: []))
    }

    @Test func textsThatComeAsFilesAreToldApart() throws {
        let form = try read(part("entries", "{}", file: "blob") + part("text", "a", file: "blob") + "--b--")
        #expect(form == PredictionForm(entries: .file, text: .file))
    }

    @Test func anImageMayComeWithoutAFileName() throws {
        #expect(try read(part("image", "JPEG") + "--b--") == PredictionForm(image: Array("JPEG".utf8)))
    }

    @Test func unknownFieldsAreDropped() throws {
        #expect(try read(part("a", "1") + part("b", "2", file: "c") + "--b--") == PredictionForm())
    }

    @Test(arguments: [
        ("entries=%7B%7D&text=a+dog%21", PredictionForm(entries: .bytes("{}"), text: .bytes("a dog!"))),
        ("text=1&text=2&&x", PredictionForm(text: .bytes("2"))),
        ("text=%C3%A9%zz%4", PredictionForm(text: .bytes("é%zz%4"))),
        ("te%78t=a=b", PredictionForm(text: .bytes("a=b"))),
        ("text=&entries", PredictionForm()),
        ("", PredictionForm()),
    ])
    func readsURLEncoded(_ body: String, _ form: PredictionForm) throws {
        #expect(try read(body, type: Self.urlEncoded) == form)
        #expect(try read(body, type: "Application/X-WWW-Form-URLencoded; charset=utf-8") == form)
    }

    @Test func whatIsNoFormHasNoFields() throws {
        #expect(try read("{\"entries\": 1}", type: "application/json") == PredictionForm())
        #expect(try read("abc", type: nil) == PredictionForm())
        #expect(try read("", type: Self.multipart) == PredictionForm())
    }

    @Test func aBoundaryIsNeeded() {
        for type in ["multipart/form-data", "multipart/form-data; boundary="] {
            #expect(detail { try read("", type: type) } == "Missing boundary in multipart.")
        }
        let long = "multipart/form-data; boundary=\(String(repeating: "b", count: 201))"
        #expect(detail { try read("", type: long) }?.contains("200 bytes") == true)
    }

    @Test func aPartNeedsAName() {
        #expect(
            detail { try read("--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--") }
                == #"The Content-Disposition header field "name" must be provided."#)
    }

    @Test func fieldsHaveALimitAndFilesHaveNot() throws {
        let kibibyte = String(repeating: "a", count: 1024)
        let limit = String(repeating: kibibyte, count: 1024)
        for name in ["text", "entries", "image", "other"] {
            _ = try read(part(name, limit) + "--b--")
            #expect(
                detail { try read(part(name, limit + "a") + "--b--") }
                    == "Part exceeded maximum size of 1024KB.")
        }
        _ = try read(part("image", limit + "a", file: "x") + "--b--")
    }

    @Test func ownLimitsAreNamed() {
        let limits = Limits(bodyBytes: 1000, imageBytes: 4, entriesBytes: 3, textBytes: 2)
        let cases = [
            (part("image", "12345", file: "x"), "'image' is larger than the limit of 4 bytes."),
            (part("entries", "1234"), "'entries' is larger than the limit of 3 bytes."),
            (part("text", "123"), "'text' is larger than the limit of 2 bytes."),
            (
                part("other", String(repeating: "a", count: 1000)),
                "The request body is larger than the limit of 1000 bytes."
            ),
        ]
        for (body, text) in cases {
            #expect(detail { try read(body + "--b--", limits: limits) } == text)
            #expect(status { try read(body + "--b--", limits: limits) } == 413)
        }
    }

    @Test func anAnnouncedBodyIsRefusedBeforeItIsRead() {
        #expect(
            status {
                _ = try FormReader(
                    contentType: Self.multipart, contentLength: 1001, limits: Limits(bodyBytes: 1000))
            } == 413)
    }

    @Test func countsAreLimited() {
        let fields = (0..<1001).map { part("a\($0)", "") }.joined()
        #expect(
            detail { try read(fields + "--b--") } == "Too many fields. Maximum number of fields is 1000.")
        let files = (0..<1001).map { part("a\($0)", "", file: "x") }.joined()
        #expect(detail { try read(files + "--b--") } == "Too many files. Maximum number of files is 1000.")
    }

    @Test func aShortBodyIsNoForm() throws {
        var reader = try FormReader(contentType: Self.urlEncoded, contentLength: 100, limits: Limits())
        try reader.push(ByteBuffer(string: "text=half"))
        #expect(detail { _ = try reader.finish() }?.contains("ends after 9 of 100 bytes") == true)
    }

    private func read(
        _ body: String, type: String? = multipart, limits: Limits = Limits()
    ) throws -> PredictionForm {
        var reader = try FormReader(contentType: type, contentLength: body.utf8.count, limits: limits)
        var rest = ByteBuffer(string: body)
        while rest.readableBytes > 0 {
            if let chunk = rest.readSlice(length: min(4000, rest.readableBytes)) { try reader.push(chunk) }
        }
        return try reader.finish()
    }

    private func part(_ name: String, _ content: String, file: String? = nil) -> String {
        let file = file.map { "; filename=\"\($0)\"" } ?? ""
        return "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n\(content)\r\n"
    }
}

extension PredictionForm.Field {
    static func bytes(_ text: String) -> Self { .bytes(Array(text.utf8)) }
}
