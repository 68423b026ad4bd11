import ArmNNBackend
import Foundation
import Testing

/// What is decided about compiled kernels, without any file.
@Suite struct CachedNetworkTests {
    private let model = URL(filePath: "/cache/clip/ViT-B-32__openai/visual/model.armnn")
    private let file = URL(filePath: "/cache/clip/ViT-B-32__openai/visual/model.anncache")
    private let noon = Date(timeIntervalSince1970: 43_200)

    private func decide(_ cached: CachedNetwork.File?, isPossible: Bool = true) -> CachedNetwork {
        CachedNetwork.decide(for: model, isPossible: isPossible, cached: cached, modelModified: noon)
    }

    @Test func theFileIsBesideTheModel() {
        #expect(CachedNetwork.file(for: model) == file)
    }

    @Test func aFileThatIsThereIsUsed() {
        #expect(decide(.init(size: 1, modified: noon)) == .use(file))
        #expect(decide(.init(size: 1, modified: noon + 1)) == .use(file))
        #expect(
            CachedNetwork.decide(
                for: model, isPossible: true, cached: .init(size: 1, modified: noon), modelModified: nil)
                == .use(file))
    }

    @Test func oneIsMadeWhereThereIsNone() {
        #expect(decide(nil) == .make(file))
        #expect(decide(.init(size: 0, modified: noon)) == .make(file))
        #expect(decide(.init(size: 9, modified: noon - 1)) == .make(file))
    }

    @Test func nothingIsDoneWhereItIsNotPossible() {
        for cached in [nil, CachedNetwork.File(size: 9, modified: noon)] {
            #expect(decide(cached, isPossible: false) == .none)
        }
    }
}
