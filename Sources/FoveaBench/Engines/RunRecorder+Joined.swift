import FoveaCore
import Foundation

extension RunRecorder.Run {
    /// The same work with several items at a time: those of a group go through
    /// each graph together, as far as their shapes are alike.
    ///
    /// The items begin again from the first until the last group is full.
    ///
    /// - Parameters:
    ///   - items: the runs of each; at least one.
    ///   - rows: items in a group, and the most rows in a run, but for runs that
    ///     had more to begin with.
    /// - Returns: the runs of each group; the items as they are for one.
    package static func joined(_ items: [[Self]], rows: Int) -> [[Self]] {
        guard rows > 1, !items.isEmpty else { return items }
        return stride(from: 0, to: items.count, by: rows).map { start in
            joined((start..<start + rows).flatMap { items[$0 % items.count] }, most: rows)
        }
    }

    /// The first run with each shape of each graph.
    package static func ofEachShape(_ items: [[Self]]) -> [Self] {
        var seen = Set<Kind>()
        return items.joined().filter { seen.insert(Kind($0, fromLength: 0)).inserted }
    }

    /// Those of a graph come where its first one was.
    private static func joined(_ runs: [Self], most: Int) -> [Self] {
        var order: [Kind] = []
        var parts: [Kind: [[Self]]] = [:]
        for run in runs {
            let kind = Kind(run, fromLength: 1)
            guard var list = parts[kind], let last = list.last else {
                order.append(kind)
                parts[kind] = [[run]]
                continue
            }
            if run.canJoin, last[0].canJoin, last.reduce(run.rows, { $0 + $1.rows }) <= most {
                list[list.count - 1].append(run)
            } else {
                list.append([run])
            }
            parts[kind] = list
        }
        return order.flatMap { parts[$0] ?? [] }.map { part in
            guard part.count > 1 else { return part[0] }
            let inputs = part[0].inputs.indices.map { index in Tensor.joined(part.map { $0.inputs[index] }) }
            return Self(model: part[0].model, inputs: inputs)
        }
    }

    private var rows: Int { inputs.first?.shape.first ?? 1 }
    /// Each input has as many rows as the first one.
    private var canJoin: Bool { inputs.allSatisfy { $0.shape.first == rows } }
}

/// Runs of one graph whose inputs have the same shapes.
private struct Kind: Hashable {
    private let model: URL
    private let shapes: [[Int]]
    private let types: [ElementType]

    /// - Parameter fromLength: 1 to leave the number of rows out.
    init(_ run: RunRecorder.Run, fromLength: Int) {
        model = run.model
        shapes = run.inputs.map { Array($0.shape.dropFirst(fromLength)) }
        types = run.inputs.map(\.elementType)
    }
}
