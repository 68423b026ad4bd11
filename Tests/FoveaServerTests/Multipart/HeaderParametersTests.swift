import FoveaServer
import Testing

@Suite struct HeaderParametersTests {
    @Test(arguments: [
        ("multipart/form-data; boundary=abc", "abc"),
        ("multipart/form-data;boundary=abc", "abc"),
        ("Multipart/Form-Data ; charset=utf-8; BOUNDARY = abc ; x=y", "abc"),
        (#"multipart/form-data; boundary="a b;c""#, "a b;c"),
        (#"multipart/form-data; boundary="a\"\\b""#, #"a"\b"#),
        (#"multipart/form-data; x="boundary=no"; boundary=abc"#, "abc"),
        ("multipart/form-data; boundary=----WebKit=1", "----WebKit=1"),
        ("multipart/form-data; boundary=one; boundary=two", "one"),
        ("multipart/form-data; boundary=", ""),
        (#"multipart/form-data; boundary="open"#, "open"),
        ("multipart/form-data;;; ;boundary=abc;", "abc"),
    ])
    func findsTheBoundary(_ header: String, _ boundary: String) {
        let parameters = HeaderParameters(header)
        #expect(parameters.value == "multipart/form-data")
        #expect(parameters["boundary"] == boundary)
    }

    @Test(arguments: ["", ";", "multipart/form-data", "multipart/form-data; boundary", "a;boundary;b"])
    func whatIsAbsentIsNil(_ header: String) {
        #expect(HeaderParameters(header)["boundary"] == nil)
    }

    @Test func readsADisposition() {
        let parameters = HeaderParameters(#"form-data; name="image"; filename="C:\a\"b.jpg""#)
        #expect(parameters.value == "form-data")
        #expect(parameters["name"] == "image")
        #expect(parameters["filename"] == #"C:\a"b.jpg"#)
    }
}
