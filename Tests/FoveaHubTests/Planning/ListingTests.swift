import FoveaCore
import FoveaDownload
import FoveaHub
import Foundation
import Testing

struct ListingTests {
    static let hostile = [
        "../x", "a/../../x", "/etc/passwd", "a//b", "a/./b", "a\\b", "a\u{0}b", "a\nb", "", "a/",
        String(repeating: "x", count: 300), String(repeating: "a/", count: 300) + "b",
        "..", ".", "a/..", "visual/..\u{301}/../x",
    ]

    @Test(arguments: hostile) func pathsThatLeadElsewhereAreRefused(path: String) throws {
        #expect(ListedPath.fault(of: path) != nil)
        let json = try JSONSerialization.data(withJSONObject: ["siblings": [["rfilename": path]]])
        #expect(throws: SourceFailure.self) { try HubListing(json) }
    }

    @Test(arguments: ["config.json", "visual/model.onnx", "visual/rknpu/rk3588/model.rknn", "a b/c-d_e..f"])
    func othersAreNot(path: String) { #expect(ListedPath.fault(of: path) == nil) }

    @Test func namesMustNotClash() {
        #expect(ListedPath.fault(of: ["a", "a"]) != nil)
        #expect(ListedPath.fault(of: ["visual", "visual/model.onnx"]) != nil)
        #expect(ListedPath.fault(of: (0...ListedPath.most).map { "f\($0)" }) != nil)
        #expect(ListedPath.fault(of: ["a", "b/a"]) == nil)
    }

    /// The shape that `huggingface_hub` 2.4.0 reads: `RepoSibling` and `BlobLfsInfo`.
    @Test func theHubsAnswerIsRead() throws {
        let sha = String(repeating: "ab", count: 32)
        let json = """
            {"id": "immich-app/x", "sha": "\(String(repeating: "c", count: 40))", "siblings": [
             {"rfilename": ".gitattributes", "size": 5, "blobId": "\(String(repeating: "1", count: 40))"},
             {"rfilename": "config.json", "size": 7, "blobId": "\(String(repeating: "2", count: 40))"},
             {"rfilename": "visual/model.onnx", "size": 9, "blobId": "\(String(repeating: "3", count: 40))",
              "lfs": {"sha256": "\(sha)", "size": 9, "pointerSize": 134}}]}
            """
        let listing = try HubListing(Data(json.utf8))
        #expect(listing.commit == String(repeating: "c", count: 40))
        #expect(
            listing.files == [
                .init(path: "config.json", byteCount: 7, hash: .gitBlob(String(repeating: "2", count: 40))),
                .init(path: "visual/model.onnx", byteCount: 9, hash: .sha256(sha)),
            ])
    }

    @Test(arguments: [
        #"{"siblings": [{"rfilename": "a", "size": -1}]}"#,
        #"{"siblings": [{"rfilename": "a", "size": 9000000000000000}]}"#,
        #"{"siblings": [{"rfilename": "a", "lfs": {"sha256": "zz", "size": 1}}]}"#,
        #"{"siblings": [{"rfilename": "a", "lfs": {"size": 1}}]}"#,
        "<html></html>", "[]", #"{"siblings": [{}]}"#,
    ]) func whatNoHubSaysIsRefused(json: String) {
        #expect(throws: SourceFailure.self) { try HubListing(Data(json.utf8)) }
    }

    @Test func checksumsAreRead() throws {
        let (one, two) = (String(repeating: "A1", count: 32), String(repeating: "b2", count: 32))
        let list = try ChecksumList("\(one)  visual/model.onnx\r\n\(two) *./config.json\n\(two)  .hidden/x\n")
        #expect(list.sums == ["visual/model.onnx": one.lowercased(), "config.json": two])
        for text in ["nonsense", "\(one)  ../x", "\(one)", "\(one)  a\n\(two)  a", "\(one.dropLast())  a"] {
            #expect(throws: SourceFailure.self) { try ChecksumList(text) }
        }
    }

    /// The names of contract and catalogue; sums are 64 digits each.
    @Test func everyPPOCRModelHasItsFiles() {
        let languages = ["EL", "EN", "ESLAV", "KOREAN", "LATIN", "TH"].map { "\($0)__PP-OCRv5_mobile" }
        for name in [
            "PP-OCRv5_mobile", "PP-OCRv5_server", "PP-OCRv6_tiny", "PP-OCRv6_small", "PP-OCRv6_medium",
        ] {
            #expect(Set(PPOCRFiles.files(of: name).map(\.type)) == [.detection, .recognition], "\(name)")
        }
        for name in languages + ["CH__PP-OCRv5_mobile", "CH__PP-OCRv5_server"] {
            #expect(PPOCRFiles.files(of: name).map(\.type) == [.recognition], "\(name)")
        }
        for file in PPOCRFiles.all {
            #expect(file.sha256.count == 64 && file.sha256.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
        #expect(PPOCRFiles.listing(of: "ViT", endpoint: "https://x") == nil)
        // The address in default_models.yaml of rapidocr 3.8.1.
        let listing = PPOCRFiles.listing(
            of: "EN__PP-OCRv5_mobile", endpoint: HubSettings.standardPPOCREndpoint)
        #expect(
            listing?.files.map(\.origin) == [
                .remote(
                    url: "https://www.modelscope.cn/models/RapidAI/RapidOCR/resolve/v3.8.0/onnx/PP-OCRv5/rec/"
                        + "en_PP-OCRv5_rec_mobile.onnx")
            ])
    }
}
