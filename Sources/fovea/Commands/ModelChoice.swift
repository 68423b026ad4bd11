import FoveaCore

/// Which model does a task when nobody said.
struct ModelChoice {
    let installed: [ModelID]

    /// - Returns: the name to use, `nil` to leave the task out.
    func model(for task: ModelTask, _ types: [ModelType], named name: String?) -> String? {
        if let name { return name == "none" ? nil : name }
        let names = installed.filter { $0.task == task }.map(\.name)
        let complete = names.filter { name in
            types.allSatisfy { installed.contains(ModelID(task, $0, name: name)) }
        }
        return complete.first { $0 == Self.immichDefaults[task] } ?? complete.first
    }

    /// The models of an Immich whose settings nobody changed.
    static let immichDefaults: [ModelTask: String] = [
        .clip: "ViT-B-32__openai", .facialRecognition: "buffalo_l", .ocr: "PP-OCRv5_mobile",
    ]
}
