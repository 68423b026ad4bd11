import Foundation
import FoveaClient
import FoveaCore
import FoveaDemoKit
import Testing

/// Answers with the length of the picture, which stands in for its content.
private actor FakeService: PhotoService {
    struct Gone: Error {}

    private var refused: Set<Int>
    private var dropped: Set<Int>
    private let alive: Bool
    private var inFlight = 0
    private(set) var mostInFlight = 0
    private(set) var asked: [Int] = []

    init(refused: Set<Int> = [], dropped: Set<Int> = [], alive: Bool = true) {
        self.refused = refused
        self.dropped = dropped
        self.alive = alive
    }

    func ask(_ request: ServiceRequest, image: Data) async throws -> ServiceAnswer {
        inFlight += 1
        mostInFlight = max(mostInFlight, inFlight)
        defer { inFlight -= 1 }
        asked.append(image.count)
        // Lets the others in, so that they are in flight together.
        await Task.yield()
        if refused.contains(image.count) {
            throw ServiceRefusal(status: 400, body: Data(#"{"detail":"no picture"}"#.utf8))
        }
        if dropped.contains(image.count) { throw Gone() }
        let size = #""imageHeight":1,"imageWidth":\#(image.count)"#
        let json =
            switch request {
            case .visual, .textual: #"{"clip":"[\#(image.count).0]",\#(size)}"#
            case .faces: #"{"facial-recognition":[],\#(size)}"#
            case .text: #"{"ocr":{"box":[],"text":[],"boxScore":[],"textScore":[]},\#(size)}"#
            }
        return try ServiceAnswer(json: Data(json.utf8))
    }

    func ask(_ request: ServiceRequest, text: String) async throws -> ServiceAnswer {
        if text.isEmpty { throw ServiceRefusal(status: 400, body: Data()) }
        return try ServiceAnswer(json: Data(#"{"clip":"[\#(text.count).0]"}"#.utf8))
    }

    func isAlive() async -> Bool { alive }
}

@Suite struct SurveyTests {
    /// Photos of 1, 2, 3, … bytes.
    private func photos(_ count: Int, in folder: TemporaryFolder) throws -> [Photo] {
        try (1...count).map { length in
            let name = "\(length).jpg"
            return Photo(name: name, file: try folder.add(name, String(repeating: "x", count: length)))
        }
    }

    @Test func answersComeInTheOrderOfThePhotos() async throws {
        let folder = try TemporaryFolder()
        let service = FakeService()
        var finished = 0
        let results = try await Survey(service: service, requestsInFlight: 4)
            .results(for: try photos(25, in: folder)) { _ in finished += 1 }
        #expect(results.map(\.embedding) == (1...25).map { [Float($0)] })
        #expect(results.map(\.size?.width) == Array(1...25))
        #expect(finished == 25)
        #expect(await service.asked.count == 75)
        #expect(await service.mostInFlight <= 4)
    }

    @Test func aPhotoThatFailsSaysWhyAndStopsNothing() async throws {
        let folder = try TemporaryFolder()
        var photos = try photos(3, in: folder)
        photos.append(Photo(name: "gone.jpg", file: folder.url.appending(path: "gone.jpg")))
        let service = FakeService(refused: [1], dropped: [2])
        let results = try await Survey(service: service, requestsInFlight: 2).results(for: photos) { _ in }
        #expect(results[0].failures == ["no picture (status 400)"])
        #expect(results[1].failures.count == 3)
        #expect(results[2].failures == [] && results[2].embedding == [3])
        #expect(results[3].failures == ["the file cannot be read"])
    }

    @Test func aServiceThatIsGoneEndsIt() async throws {
        let folder = try TemporaryFolder()
        let photos = try photos(3, in: folder)
        let service = FakeService(dropped: [2], alive: false)
        await #expect(throws: FakeService.Gone.self) {
            try await Survey(service: service, requestsInFlight: 2).results(for: photos) { _ in }
        }
    }

    @Test func embedsTextsInOrder() async throws {
        let survey = Survey(service: FakeService(), requestsInFlight: 1)
        #expect(try await survey.embeddings(of: ["a", "abc"]) == [[1], [3]])
        await #expect(throws: FoveaError.self) { try await survey.embeddings(of: [""]) }
    }
}
