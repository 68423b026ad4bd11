import FoveaClient
import Foundation
import FoveaDemoKit
import Testing

@Suite struct ServiceRequestTests {
    private func object(_ request: ServiceRequest) throws -> NSDictionary? {
        try JSONSerialization.jsonObject(with: Data(request.entries.utf8)) as? NSDictionary
    }

    // The entries are those of Immich's server, with the demo pack's models.
    @Test func asksAsImmichDoes() throws {
        #expect(try object(.visual) == ["clip": ["visual": ["modelName": "demo-clip"]]])
        #expect(try object(.textual) == ["clip": ["textual": ["modelName": "demo-clip"]]])
        #expect(
            try object(.faces) == [
                "facial-recognition": [
                    "detection": ["modelName": "demo-faces", "options": ["minScore": 0.7]],
                    "recognition": ["modelName": "demo-faces"],
                ]
            ])
        #expect(
            try object(.text) == [
                "ocr": [
                    "detection": [
                        "modelName": "PP-OCRv5_mobile", "options": ["minScore": 0.5, "maxResolution": 736],
                    ],
                    "recognition": ["modelName": "PP-OCRv5_mobile", "options": ["minScore": 0.8]],
                ]
            ])
    }

    @Test func formIsMultipartAsInRFC7578() {
        var form = MultipartForm(boundary: "b")
        form.add("entries", text: "{}")
        form.add("image", file: Data([0xFF, 0x0D, 0x0A]))
        let expected =
            Data("--b\r\nContent-Disposition: form-data; name=\"entries\"\r\n\r\n{}\r\n".utf8)
            + Data("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"blob\"\r\n".utf8)
            + Data("Content-Type: application/octet-stream\r\n\r\n".utf8)
            + Data([0xFF, 0x0D, 0x0A]) + Data("\r\n--b--\r\n".utf8)
        #expect(form.body == expected)
        #expect(form.contentType == "multipart/form-data; boundary=b")
    }
}
