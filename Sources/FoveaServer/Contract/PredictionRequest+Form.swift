package import FoveaCore

extension PredictionRequest {
    /// Makes a request of the form that a client sent.
    ///
    /// In the contract's order: `entries` first, then what the models look at,
    /// then whether the two fit.
    package init(_ form: PredictionForm) throws(HTTPProblem) {
        let steps = try Self.steps(form.entries)
        let payload = try Self.payload(form)
        try Self.check(steps, fit: payload)
        try Self.checkDependencies(of: steps)
        self.init(payload: payload, steps: steps)
    }

    private static func steps(_ entries: PredictionForm.Field?) throws(HTTPProblem) -> [Step] {
        switch entries {
        case nil: throw .missing(field: "entries")
        case .file: throw .notText(field: "entries")
        case .bytes(let bytes): try Entries.parse(bytes)
        }
    }

    /// A picture wins over a text.
    private static func payload(_ form: PredictionForm) throws(HTTPProblem) -> Payload {
        if case .file = form.text { throw .notText(field: "text") }
        if let image = form.image {
            guard !image.isEmpty else {
                throw HTTPProblem.badRequest("The picture is empty: send the bytes of an image file.")
            }
            return .image(image)
        }
        guard case .bytes(let bytes) = form.text else {
            throw HTTPProblem.badRequest("Either image or text must be provided")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw HTTPProblem.badRequest("'text' is not valid UTF-8.")
        }
        return .text(text)
    }

    private static func check(_ steps: [Step], fit payload: Payload) throws(HTTPProblem) {
        for model in steps.map(\.model) {
            switch (payload, model.type) {
            case (.image, .textual):
                throw HTTPProblem.badRequest(
                    "Model '\(model.name.excerpt)' of type textual takes a text, but an image was sent.")
            case (.text, .visual), (.text, .detection), (.text, .recognition):
                throw HTTPProblem.badRequest(
                    "Model '\(model.name.excerpt)' of type \(model.type.rawValue) takes an image, but a text was sent."
                )
            case (.image, _), (.text, .textual): continue
            }
        }
    }

    /// The texts are those of Immich 3.3, class names included.
    private static func checkDependencies(of steps: [Step]) throws(HTTPProblem) {
        let models = steps.map(\.model)
        for model in models where model.type == .recognition {
            guard !models.contains(where: { $0.task == model.task && $0.type == .detection }) else {
                continue
            }
            let isOCR = model.task == .ocr
            let dependent = isOCR ? "TextRecognizer" : "FaceRecognizer"
            let task = isOCR ? "ModelTask.OCR: 'ocr'" : "ModelTask.FACIAL_RECOGNITION: 'facial-recognition'"
            throw HTTPProblem.badRequest(
                "\(dependent) depends on output of (<ModelType.DETECTION: 'detection'>, <\(task)>)")
        }
    }
}
