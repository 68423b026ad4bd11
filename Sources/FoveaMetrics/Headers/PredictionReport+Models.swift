package import FoveaCore

// A list of strings with parameters as RFC 9651 (before, 8941) defines it:
//
//     "clip/ViT-B-32__openai/visual";device="cpu";provider="CPUExecutionProvider";
//     precision="fp32";batch=1;count=1
//
// Its strings hold printable ASCII, with `\` before `"` and `\`. The bytes of
// all other characters in UTF-8, and `%` itself, are percent-encoded as in RFC
// 3986, so that any name is safe in a header and comes back as it was.
extension PredictionReport {
    /// `nil` where no model ran.
    package var modelsHeader: String? {
        guard !runs.isEmpty else { return nil }
        return runs.map { run in
            let placement = run.placement
            return "\(StructuredField.string(run.model.description))"
                + ";device=\(StructuredField.string(placement.device))"
                + ";provider=\(StructuredField.string(placement.provider))"
                + ";precision=\(StructuredField.string(placement.precision))"
                + (placement.wanted.map { ";wanted=\(StructuredField.string($0))" } ?? "")
                + ";batch=\(StructuredField.integer(run.batch))"
                + ";count=\(StructuredField.integer(run.count))"
        }.joined(separator: ", ")
    }

    /// Nothing where the text is no structured list; members without one of
    /// the parameters, or for no model, are left out.
    package static func runs(models: String) -> [ModelRun] {
        (StructuredField.list(models) ?? []).compactMap(ModelRun.init)
    }
}

extension PredictionReport.ModelRun {
    fileprivate init?(_ member: StructuredField.Member) {
        guard case .string(let name) = member.item, let model = ModelID(description: name),
            case .string(let device) = member.parameters["device"],
            case .string(let provider) = member.parameters["provider"],
            case .string(let precision) = member.parameters["precision"],
            case .integer(let batch) = member.parameters["batch"], batch >= 0,
            case .integer(let count) = member.parameters["count"], count >= 0
        else { return nil }
        let wanted: String? =
            if case .string(let text) = member.parameters["wanted"] { text } else { nil }
        self.init(
            model: model,
            placement: Placement(
                device: device, provider: provider, precision: precision, wanted: wanted),
            batch: batch, count: count)
    }
}
