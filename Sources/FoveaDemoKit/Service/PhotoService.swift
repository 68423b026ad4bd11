package import FoveaClient
package import Foundation

/// What a survey needs of a machine-learning service.
package protocol PhotoService: Sendable {
    /// Asks about a picture: the bytes of its file.
    ///
    /// - Throws: `ServiceRefusal` where the service refuses, another error
    ///   where it gives no answer.
    func ask(_ request: ServiceRequest, image: Data) async throws -> ServiceAnswer

    /// Asks about a text.
    func ask(_ request: ServiceRequest, text: String) async throws -> ServiceAnswer

    /// Whether the service answers at all.
    func isAlive() async -> Bool
}
