import FoveaSystem
import Testing

/// Expected values: the PCI ID Repository's entry for each id, and NVIDIA's
/// page of CUDA GPUs for the capability of that product.
struct NVIDIAChipTests {
    @Test(arguments: [
        (0x1189, "3.0", "Kepler"),  // GeForce GTX 670
        (0x128b, "3.5", "Kepler"),  // GeForce GT 710
        (0x102d, "3.7", "Kepler"),  // Tesla K80
        (0x1381, "5.0", "Maxwell"),  // GeForce GTX 750
        (0x13c0, "5.2", "Maxwell"),  // GeForce GTX 980
        (0x17c2, "5.2", "Maxwell"),  // GeForce GTX TITAN X
        (0x15f8, "6.0", "Pascal"),  // Tesla P100
        (0x1b80, "6.1", "Pascal"),  // GeForce GTX 1080
        (0x1cb2, "6.1", "Pascal"),  // Quadro P600
        (0x1db4, "7.0", "Volta"),  // Tesla V100
        (0x1fb8, "7.5", "Turing"),  // Quadro T2000
        (0x2184, "7.5", "Turing"),  // GeForce GTX 1660
        (0x20b0, "8.0", "Ampere"),  // A100
        (0x2204, "8.6", "Ampere"),  // GeForce RTX 3090
        (0x2503, "8.6", "Ampere"),  // GeForce RTX 3060
        (0x2684, "8.9", "Ada"),  // GeForce RTX 4090
        (0x2330, "9.0", "Hopper"),  // H100
        (0x2901, "10.0", "Blackwell"),  // B200
        (0x2b85, "12.0", "Blackwell"),  // GeForce RTX 5090
        (0x2d04, "12.0", "Blackwell"),  // GeForce RTX 5060 Ti
        (0x2f04, "12.0", "Blackwell"),  // GeForce RTX 5070
        (0x2e12, "12.1", "Blackwell"),  // GB10
    ])
    func knowsTheCard(id: Int, capability: String, architecture: String) throws {
        let chip = try #require(NVIDIAChip(device: UInt16(id)))
        #expect(chip.computeCapability.description == capability)
        #expect(chip.architecture?.rawValue == architecture)
    }

    @Test(arguments: [0x0040, 0x3fff, 0x22d1])
    func doesNotGuess(id: Int) {
        #expect(NVIDIAChip(device: UInt16(id)) == nil)
    }
}
