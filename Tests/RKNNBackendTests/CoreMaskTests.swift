import FoveaBackends
import FoveaCore
import RKNNBackend
import Testing

/// Which cores contexts are bound to.
@Suite(.needsCompiler) struct CoreMaskTests {
    private let ports = ["input x UNDEFINED fp16 - 1,4", "output y UNDEFINED fp16 - 1,4"]

    private func masks(_ cores: CoreMask, on soc: SoC, threads: Int = 2) async throws -> [String] {
        try await withStub { stub in
            _ = try await stub.backend(threads: threads, cores: cores, soc: soc)
                .open(stub.model(ports[0], ports[1]))
            return try stub.calls("cores").compactMap { $0.split(separator: " ").last.map(String.init) }
        }
    }

    @Test func everyContextIsBoundWhereThereAreSeveralCores() async throws {
        #expect(try await masks(.automatic, on: .rk3588, threads: 3) == ["0", "0", "0"])
        #expect(try await masks(.automatic, on: .rk3576) == ["0", "0"])
    }

    @Test func nothingIsSetWhereThereIsOne() async throws {
        #expect(try await masks(.automatic, on: .rk3566) == [])
        #expect(try await masks(.automatic, on: .rk3568) == [])
        #expect(try await masks(.core0, on: .rk3568) == [])
    }

    /// The numbers of rknn_core_mask.
    @Test(arguments: [
        (CoreMask.core0, "1"), (.core1, "2"), (.core2, "4"), (.cores0And1, "3"), (.cores0To2, "7"),
    ])
    func chosenCores(cores: CoreMask, mask: String) async throws {
        #expect(try await masks(cores, on: .rk3588, threads: 1) == [mask])
    }

    @Test(arguments: [
        (CoreMask.core2, SoC.rk3576), (.cores0To2, .rk3576), (.core1, .rk3566), (.cores0And1, .rk3568),
    ])
    func coresThatAChipDoesNotHave(cores: CoreMask, soc: SoC) async throws {
        try await withStub { stub in
            let error = try #require(throws: FoveaError.self) { try stub.backend(cores: cores, soc: soc) }
            #expect(error.code == .invalidSetting)
            #expect(error.message.contains(soc.rawValue))
            #expect(error.message.contains(cores.rawValue))
        }
    }

    @Test func anOldLibraryChoosesByItself() async throws {
        try await withStub(without: [.cores]) { stub in
            let model = try stub.model(ports[0], ports[1])
            #expect(try await stub.backend().open(model).inputs.count == 1)
            let error = try await #require(throws: FoveaError.self) {
                try await stub.backend(cores: .core1).open(model)
            }
            #expect(error.code == .invalidSetting)
            #expect(error.message.contains("rknn_set_core_mask"))
            try await stub.expectEverythingReleased()
        }
    }
}
