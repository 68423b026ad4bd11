import FoveaServer
import Testing

@Suite struct JSONWriterTests {
    /// Bit patterns and what orjson 3.13.0 makes of them:
    /// `orjson.dumps(numpy.array([…], numpy.float32), option=orjson.OPT_SERIALIZE_NUMPY)`.
    private static let floats: [(UInt32, String)] = [
        (0x00000000, "0.0"),
        (0x80000000, "-0.0"),
        (0x3f800000, "1.0"),
        (0x43d88000, "433.0"),
        (0xc2b20000, "-89.0"),
        (0x3dcccccd, "0.1"),
        (0x3e4ccccd, "0.2"),
        (0x3e99999a, "0.3"),
        (0x3ce8a71e, "0.0284"),
        (0xbc6d9168, "-0.0145"),
        (0x3eaaaaab, "0.33333334"),
        (0x3f2aaaab, "0.6666667"),
        (0x374f1d5f, "0.000012345"),
        (0x38d1b717, "0.0001"),
        (0x38d1b68e, "0.000099999"),
        (0x3727c5ac, "0.00001"),
        (0x358637bd, "0.000001"),
        (0x358637bc, "9.999999e-7"),
        (0x35c9539c, "0.0000015"),
        (0x33d6bf95, "1e-7"),
        (0xb4210fb0, "-1.5e-7"),
        (0x00800000, "1.1754944e-38"),
        (0x00000001, "1e-45"),
        (0x7f7fffff, "3.4028235e+38"),
        (0x4b189680, "10000000.0"),
        (0x4b18967f, "9999999.0"),
        (0x49742400, "1000000.0"),
        (0x47f12065, "123456.79"),
        (0x4b3c614e, "12345678.0"),
        (0x4ceb79a3, "123456790.0"),
        (0x4b800000, "16777216.0"),
        (0x4c000000, "33554432.0"),
        (0x501502f9, "10000000000.0"),
        (0x5368d4a5, "1000000000000.0"),
        (0x551184e7, "1e+13"),
        (0x551184e7, "1e+13"),
        (0x588e1bca, "1.25e+15"),
        (0x58635fa9, "1e+15"),
        (0x5a0e1bca, "1e+16"),
        (0x5bb1a2bc, "1e+17"),
        (0xe158d727, "-2.5e+20"),
        (0x3f7ffffe, "0.9999999"),
        (0x437f0000, "255.0"),
        (0x3f000000, "0.5"),
        (0x007fffff, "1.1754942e-38"),
    ]

    /// As above, with `orjson.dumps([…])` of Python floats.
    private static let doubles: [(UInt64, String)] = [
        (0x0000000000000000, "0.0"),
        (0x8000000000000000, "-0.0"),
        (0x3ff0000000000000, "1.0"),
        (0x3fecdff822bbecab, "0.90234"),
        (0x3fb999999999999a, "0.1"),
        (0x3f1a36e2eb1c432d, "0.0001"),
        (0x3ee4f8b588e368f1, "0.00001"),
        (0x3ee4c305a3adef92, "9.9e-6"),
        (0x3eb0c6f7a0b5ed8d, "1e-6"),
        (0x3eb92a737110e454, "1.5e-6"),
        (0x3e7ad7f29abcaf48, "1e-7"),
        (0x0000000000000001, "5e-324"),
        (0x7fefffffffffffff, "1.7976931348623157e+308"),
        (0x416312d000000000, "10000000.0"),
        (0x41678c29dccccccd, "12345678.9"),
        (0x419d6f3454000000, "123456789.0"),
        (0x430c6bf526340000, "1000000000000000.0"),
        (0x43118b54f22aeb00, "1234567890123456.0"),
        (0x4341c37937e07fff, "9999999999999998.0"),
        (0x4341c37937e08000, "1e+16"),
        (0x4345ee2a2eb5a5c4, "1.2345678901234568e+16"),
        (0x444b1ae4d6e2ef50, "1e+21"),
        (0xc480f0cf064dd592, "-1e+22"),
        (0x3fd5555555555555, "0.3333333333333333"),
    ]

    @Test func writesFloatsAsOrjsonDoes() {
        for (bits, text) in Self.floats {
            #expect(written { $0.float(Float(bitPattern: bits)) } == text)
        }
    }

    @Test func writesDoublesAsOrjsonDoes() {
        for (bits, text) in Self.doubles {
            #expect(written { $0.double(Double(bitPattern: bits)) } == text)
        }
    }

    @Test func everyFloatReadsBackAsItself() throws {
        var generator = SplitMix(state: 1)
        for _ in 0..<20_000 {
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            let text = written { $0.float(value) }
            if value.isFinite {
                #expect(try #require(Float(text)).bitPattern == value.bitPattern)
            } else {
                #expect(text == "null")
            }
        }
    }

    @Test func whatIsNotFiniteIsNull() {
        #expect(written { $0.floats([.nan, .infinity, -.infinity, 1]) } == "[null,null,null,1.0]")
        #expect(written { $0.double(.nan) } == "null")
    }

    @Test func escapesOnlyWhatJSONDemands() {
        // orjson.dumps of the same characters.
        let text = written { $0.string("a\"\\/\u{0}\u{1F}\u{7F}\u{8}\u{C}\n\r\té\u{2028}😀<>&") }
        #expect(text == #""a\"\\/\u0000\u001f"# + "\u{7F}" + #"\b\f\n\r\té"# + "\u{2028}😀<>&\"")
    }

    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
