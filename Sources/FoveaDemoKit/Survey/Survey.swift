import Foundation
import FoveaClient
import FoveaCore

/// Asks the service about many photos.
package struct Survey {
    private let service: any PhotoService
    private let requestsInFlight: Int

    /// - Parameter requestsInFlight: how many the service has to answer at a
    ///   time, at least 1.
    package init(service: any PhotoService, requestsInFlight: Int) {
        self.service = service
        self.requestsInFlight = requestsInFlight
    }

    /// Asks everything about every photo, in their order.
    ///
    /// - Parameter finished: is told of each photo when its last answer is in.
    /// - Returns: results in the order of `photos`. A photo that failed says why.
    /// - Throws: `FoveaError` where the service is gone.
    package func results(
        for photos: [Photo], finished: (PhotoResult) -> Void
    ) async throws -> [PhotoResult] {
        var results = [PhotoResult?](repeating: nil, count: photos.count)
        try await withThrowingTaskGroup(of: (Int, PhotoResult).self) { group in
            var waiting = photos.indices.makeIterator()
            func start() {
                guard let index = waiting.next() else { return }
                let photo = photos[index]
                group.addTask { (index, try await result(for: photo)) }
            }
            for _ in 0..<max(1, requestsInFlight) { start() }
            while let (index, result) = try await group.next() {
                results[index] = result
                finished(result)
                start()
            }
        }
        return results.compactMap(\.self)
    }

    /// The embeddings of texts, in their order.
    package func embeddings(of texts: [String]) async throws -> [[Float]] {
        var embeddings: [[Float]] = []
        for text in texts {
            do {
                let answer = try await service.ask(.textual, text: text)
                embeddings.append(answer.embedding ?? [])
            } catch let refusal as ServiceRefusal {
                throw FoveaError(.invalidRequest, "Searching for \"\(text)\" failed: \(refusal)")
            }
        }
        return embeddings
    }

    /// One request after the other, so that photos in work are requests in flight.
    private func result(for photo: Photo) async throws -> PhotoResult {
        var result = PhotoResult(photo: photo)
        guard let image = try? Data(contentsOf: photo.file) else {
            result.addFailure("the file cannot be read")
            return result
        }
        result.orientation = PhotoOrientation(of: image)
        for request in ServiceRequest.ofPhotos {
            do {
                result.add(try await service.ask(request, image: image))
            } catch let refusal as ServiceRefusal {
                result.addFailure(refusal.description)
            } catch {
                // One lost connection is one photo's trouble; a service that is gone is everyone's.
                guard await service.isAlive() else { throw error }
                result.addFailure("\(request.purpose): \(error)")
            }
        }
        return result
    }
}
