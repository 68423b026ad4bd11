package import FoveaCore

/// What is wanted of a model.
package enum ModelPart: Sendable, Hashable {
    /// What these types need, such as the image tower of a CLIP model.
    case types(Set<ModelType>)
    /// All that the source has, other engines' files aside.
    case all

    /// The types in the order they run.
    func types(of task: ModelTask) -> [ModelType] {
        switch self {
        case .all: task.types
        case .types(let types): task.types.filter(types.contains)
        }
    }
}
