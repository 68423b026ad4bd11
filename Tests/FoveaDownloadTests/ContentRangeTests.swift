import FoveaDownload
import Testing

@Suite struct ContentRangeTests {
    @Test func rangesAreRead() {
        let range = ContentRange("bytes 100-199/1000")
        #expect(range?.first == 100 && range?.total == 1000)
        let unknown = ContentRange("bytes 0-9/*")
        #expect(unknown?.first == 0 && unknown?.total == nil && unknown != nil)
    }

    @Test(arguments: ["", "bytes", "bytes */1000", "lines 1-2/3", "bytes 1-2", "bytes x-2/3"])
    func whatIsNoneIsNot(_ value: String) {
        #expect(ContentRange(value) == nil)
    }
}
