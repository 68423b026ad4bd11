import FoveaInstaller
import Testing

@Suite struct ByteCountTests {
    @Test func sizesAreDecimal() {
        #expect(ByteCount.text(999) == "999 bytes")
        #expect(ByteCount.text(1000) == "1.0 kB")
        #expect(ByteCount.text(6_892_120) == "6.8 MB")
        #expect(ByteCount.text(999_999) == "999.9 kB")
        #expect(ByteCount.text(1_602_314_670) == "1.6 GB")
    }
}
