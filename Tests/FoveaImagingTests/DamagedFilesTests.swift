import FoveaCore
import FoveaImaging
import Testing

/// Any bytes must give a picture or an error. What is tested is that nothing
/// else happens: a crash would end the test run.
@Suite("Damaged picture files")
struct DamagedFilesTests {
    let decoder = ImageDecoder(limits: ImageLimits(maxPixels: 1_000_000))

    @Test(arguments: Fixtures.names())
    func truncated(name: String) throws {
        let bytes = try Fixtures.file(name)
        for part in 1..<8 {
            decodes(Array(bytes.prefix(bytes.count * part / 8)))
        }
        decodes(Array(bytes.dropLast()))
    }

    @Test(arguments: Fixtures.names())
    func altered(name: String) throws {
        let bytes = try Fixtures.file(name)
        var random = Random(state: UInt64(bytes.count))
        for _ in 0..<8 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                // Headers are short and full of lengths: half of the hits go there.
                let end = Bool.random(using: &random) ? min(bytes.count, 200) : bytes.count
                damaged[Int.random(in: 0..<end, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            decodes(damaged)
        }
    }

    private func decodes(_ bytes: [UInt8]) {
        do {
            let picture = try decoder.decode(bytes)
            #expect(picture.pixels.count == picture.width * picture.height * 3)
        } catch let error as FoveaError {
            #expect(error.code == .undecodablePicture || error.code == .limitExceeded)
            #expect(!error.message.isEmpty)
        } catch {
            Issue.record("An error of another type: \(error)")
        }
    }
}
