package import FoveaClient
package import FoveaCore

/// What the service found in a photo.
package struct PhotoResult: Sendable {
    package var photo: Photo
    /// Size in pixels, without the rotation that the file may ask for. `nil`
    /// where the service could not read the photo.
    package var size: ImageSize?
    /// How browsers turn the photo to show it.
    package var orientation = PhotoOrientation.upright
    /// What smart search compares. `nil` where it failed.
    package var embedding: [Float]?
    /// Best score first.
    package var faces: [PhotoFace] = []
    /// In reading order.
    package var lines: [PhotoLine] = []
    /// What failed, and why; each reason once.
    package var failures: [String] = []

    package init(photo: Photo) {
        self.photo = photo
    }

    /// Size as browsers show the photo.
    package var shownSize: ImageSize? { size.map { orientation.shown($0) } }

    package mutating func add(_ answer: ServiceAnswer) {
        size = answer.imageSize ?? size
        embedding = answer.embedding ?? embedding
        faces = answer.faces ?? faces
        lines = answer.lines ?? lines
    }

    /// Notes that a request failed. A reason that is known already, as an
    /// unreadable photo's is from its first request, is not repeated.
    package mutating func addFailure(_ reason: String) {
        if !failures.contains(reason) { failures.append(reason) }
    }
}
