import FoveaCore
import FoveaTasks
import Testing

/// Reading `preprocess_cfg.json`.
@Suite struct ImagePreprocessingTests {
    private static let numbers = #""mean":[0.5,0.25,0],"std":[0.5,0.25,1]"#

    private func read(_ json: String) throws -> ImagePreprocessing {
        try ImagePreprocessing(json: Array(json.utf8))
    }

    /// As open_clip writes it.
    @Test func aWholeFileIsRead() throws {
        let preprocessing = try read(
            """
            {"size": [224, 224], "mode": "RGB", "mean": [0.48145466, 0.4578275, 0.40821073],
             "std": [0.26862954, 0.26130258, 0.27577711], "interpolation": "bilinear",
             "resize_mode": "squash", "fill_color": 0}
            """)
        #expect(preprocessing.size == 224)
        #expect(preprocessing.mean == [0.48145466, 0.4578275, 0.40821073])
        #expect(preprocessing.standardDeviation == [0.26862954, 0.26130258, 0.27577711])
        #expect(preprocessing.interpolation == "bilinear")
        #expect(preprocessing.resizeMode == .squash)
    }

    @Test func whatIsLeftOutIsTheUsual() throws {
        let preprocessing = try read(#"{"size":336,\#(Self.numbers)}"#)
        #expect(preprocessing.size == 336)
        #expect(preprocessing.interpolation == "bicubic")
        #expect(preprocessing.resizeMode == .shortest)
    }

    @Test(arguments: [("7", 7), ("[7]", 7), ("[7,7]", 7), ("[7,9]", 7), ("1", 1), ("8192", 8192)])
    func sizeIsANumberOrAList(size: String, expected: Int) throws {
        #expect(try read(#"{"size":\#(size),\#(Self.numbers)}"#).size == expected)
    }

    @Test(arguments: ["0", "-1", "[]", "8193", "3.5", "\"7\"", "null", "[\"7\"]", "{}", "1e30", "true"])
    func otherSizesAreRefused(size: String) {
        expectRefusal(#"{"size":\#(size),\#(Self.numbers)}"#)
    }

    @Test(arguments: ["nearest", "box", "bilinear", "hamming", "bicubic", "lanczos", "Bicubic"])
    func pillowsFiltersAreKnown(name: String) throws {
        #expect(
            try read(#"{"size":7,\#(Self.numbers),"interpolation":"\#(name)"}"#).interpolation == name)
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "{", "\u{FF}", #"{"size":7}"#,
        #"{"mean":[0,0,0],"std":[1,1,1]}"#,
        #"{"size":7,"mean":[0,0,0]}"#,
        #"{"size":7,"mean":[0,0],"std":[1,1,1]}"#,
        #"{"size":7,"mean":[0,0,0,0],"std":[1,1,1,1]}"#,
        #"{"size":7,"mean":[0,0,0],"std":[1,0,1]}"#,
        #"{"size":7,"mean":[0,0,0],"std":[1,-1,1]}"#,
        #"{"size":7,"mean":[0,0,"0"],"std":[1,1,1]}"#,
        #"{"size":7,"mean":0,"std":1}"#,
        #"{"size":7,"mean":[0,0,0],"std":[1,1,1],"interpolation":"cubic"}"#,
        #"{"size":7,"mean":[0,0,0],"std":[1,1,1],"resize_mode":"longest"}"#,
    ])
    func otherFilesAreRefused(json: String) {
        expectRefusal(json)
    }

    /// (byte / 255 − mean) / std, worked out in double precision.
    @Test func bytesAreScaledByChannel() throws {
        let scale = try read(
            """
            {"size": 224, "mean": [0.48145466, 0.4578275, 0.40821073],
             "std": [0.26862954, 0.26130258, 0.27577711]}
            """
        ).scale
        #expect(scale.order == .rgb)
        // (0 − 0.48145466) / 0.26862954 = −1.79226256, (1 − 0.48145466) / 0.26862954 = 1.93033625
        #expect(abs(scale.tables[0][0] - -1.79226256) < 1e-6 && abs(scale.tables[0][255] - 1.93033625) < 1e-6)
        let statistics = [(0.48145466, 0.26862954), (0.4578275, 0.26130258), (0.40821073, 0.27577711)]
        for (table, (mean, deviation)) in zip(scale.tables, statistics) {
            #expect(table.count == 256)
            for (byte, value) in table.enumerated() {
                #expect(abs(Double(value) - (Double(byte) / 255 - mean) / deviation) < 1e-6)
            }
        }
    }

    private func expectRefusal(_ json: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: FoveaError.self, sourceLocation: sourceLocation) { try read(json) }
        #expect(error?.code == .modelInvalid, sourceLocation: sourceLocation)
        #expect(
            error?.message.contains("preprocess_cfg.json") == true, "The file must be named",
            sourceLocation: sourceLocation)
    }
}
