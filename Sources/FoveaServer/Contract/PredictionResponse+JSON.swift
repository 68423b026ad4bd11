package import FoveaCore

extension PredictionResponse {
    /// The answer's JSON text, to the letter of the contract: tasks in their
    /// order, then `imageHeight` and `imageWidth` where a picture was sent.
    package var json: [UInt8] {
        var writer = JSONWriter(capacity: 16 << 10)
        writer.raw("{")
        var separator = ""
        for (task, answer) in answers {
            writer.raw("\(separator)\"\(task.rawValue)\":")
            writer.answer(answer, imageSize: imageSize)
            separator = ","
        }
        if let imageSize {
            writer.raw("\(separator)\"imageHeight\":\(imageSize.height),\"imageWidth\":\(imageSize.width)")
        }
        writer.raw("}")
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func answer(_ answer: Answer, imageSize: ImageSize?) {
        switch answer {
        case .embedding(let values): embedding(values)
        case .detectedFaces(let faces): detected(faces)
        case .faces(let faces): list(faces) { $0.face($1) }
        case .detectedText(let lines): detected(lines)
        case .text(let lines): text(lines, imageSize: imageSize)
        }
    }

    /// A string that holds an array: clients hand it to their database as it is.
    private mutating func embedding(_ values: [Float]) {
        raw("\"")
        floats(values)
        raw("\"")
    }

    private mutating func face(_ face: RecognizedFace) {
        let box = face.face.box
        raw("{\"boundingBox\":{\"x1\":")
        float(box.x1)
        raw(",\"y1\":")
        float(box.y1)
        raw(",\"x2\":")
        float(box.x2)
        raw(",\"y2\":")
        float(box.y2)
        raw("},\"embedding\":")
        embedding(face.embedding)
        raw(",\"score\":")
        float(face.face.score)
        raw("}")
    }

    /// Detection without recognition: `boxes` of four numbers, `scores`, and
    /// `landmarks` of five points a face, all in pixels of the picture sent.
    private mutating func detected(_ faces: [DetectedFace]) {
        raw("{\"boxes\":")
        list(faces) { $0.floats([$1.box.x1, $1.box.y1, $1.box.x2, $1.box.y2]) }
        raw(",\"scores\":")
        floats(faces.lazy.map(\.score))
        raw(",\"landmarks\":")
        list(faces) { $0.points($1.landmarks) }
        raw("}")
    }

    /// Detection without recognition: `boxes` of four points in pixels, and
    /// `scores`.
    private mutating func detected(_ lines: [DetectedText]) {
        raw("{\"boxes\":")
        list(lines) { $0.points($1.corners) }
        raw(",\"scores\":")
        floats(lines.lazy.map(\.score))
        raw("}")
    }

    /// Corners as fractions of the picture's width and height, eight numbers a
    /// line in one flat array. Without lines, the keys come in another order.
    private mutating func text(_ lines: [RecognizedText], imageSize: ImageSize?) {
        if lines.isEmpty { return raw(#"{"box":[],"boxScore":[],"text":[],"textScore":[]}"#) }
        // The division is one of float32 by float32, as NumPy does it.
        let width = Float(imageSize?.width ?? 1)
        let height = Float(imageSize?.height ?? 1)
        raw("{\"box\":")
        floats(lines.lazy.flatMap { $0.line.corners.flatMap { [$0.x / width, $0.y / height] } })
        raw(",\"text\":")
        list(lines) { $0.string($1.text) }
        raw(",\"boxScore\":")
        floats(lines.lazy.map(\.line.score))
        raw(",\"textScore\":")
        floats(lines.lazy.map(\.score))
        raw("}")
    }

    private mutating func points(_ points: [Point]) {
        list(points) { $0.floats([$1.x, $1.y]) }
    }
}
