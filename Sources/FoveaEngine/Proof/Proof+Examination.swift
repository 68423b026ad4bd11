import FoveaCore
import Foundation

extension Proof {
    init(
        of id: ModelID, on opened: OpenedModel, key: ProofStore.Key, measure: ProofMeasure,
        _ examination: Examination, _ reference: Examination, _ times: ExaminationTimes
    ) {
        let comparison = ProofComparison(examination.answers, with: reference.answers, measure: measure)
        self.init(
            model: id, placement: opened.placement, engine: key.engine, driver: key.facts.driver,
            measure: measure, value: comparison.value, mean: comparison.mean, remark: comparison.remark,
            seconds: times.device, referenceSeconds: times.reference,
            operators: opened.operators, date: .now)
    }

    /// For people: `12 ms instead of 80 ms`.
    var speedText: String {
        String(format: "%.1f ms instead of %.1f ms", seconds * 1000, referenceSeconds * 1000)
    }
}
