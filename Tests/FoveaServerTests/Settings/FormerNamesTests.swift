import FoveaCore
import FoveaServer
import Testing

/// Variables that had other names in earlier releases of the service replaced.
@Suite struct FormerNamesTests {
    private func settings(_ variables: [String: String]) throws -> Settings {
        try Settings(environment: variables.merging(["HOME": "/h"]) { value, _ in value })
    }

    @Test func oneNameForBothTypesStillPreloads() throws {
        let settings = try settings([
            "MACHINE_LEARNING_PRELOAD__CLIP": "a", "machine_learning_preload__facial_recognition": "b, c",
        ])
        #expect(
            settings.preload == [
                ModelID(.clip, .textual, name: "a"), ModelID(.clip, .visual, name: "a"),
                ModelID(.facialRecognition, .detection, name: "b"),
                ModelID(.facialRecognition, .detection, name: "c"),
                ModelID(.facialRecognition, .recognition, name: "b"),
                ModelID(.facialRecognition, .recognition, name: "c"),
            ])
        #expect(settings.warnings.count == 2)
        #expect(settings.warnings[0].contains("MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL"))
        #expect(settings.warnings[0].contains("MACHINE_LEARNING_PRELOAD__CLIP__VISUAL"))
    }

    @Test func theNewNameWins() throws {
        let settings = try settings([
            "MACHINE_LEARNING_PRELOAD__CLIP": "old", "MACHINE_LEARNING_PRELOAD__CLIP__VISUAL": "new",
            "MACHINE_LEARNING_MAX_BATCH_SIZE__TEXT_RECOGNITION": "3",
            "MACHINE_LEARNING_MAX_BATCH_SIZE__OCR": "4",
        ])
        #expect(
            settings.preload == [
                ModelID(.clip, .textual, name: "old"), ModelID(.clip, .visual, name: "new"),
            ])
        #expect(settings.textBatchSize == 4)
    }

    @Test func theFormerBatchSizeOfTextsCounts() throws {
        let settings = try settings(["MACHINE_LEARNING_MAX_BATCH_SIZE__TEXT_RECOGNITION": "3"])
        #expect(settings.textBatchSize == 3)
        #expect(settings.warnings.count == 1)
    }

    @Test func whatIsCurrentWarnsOfNothing() throws {
        #expect(try settings(["MACHINE_LEARNING_PRELOAD__CLIP__VISUAL": "a"]).warnings.isEmpty)
    }

    @Test func sourcesAreKeptAsTheyWereSet() throws {
        let settings = try settings(["FOVEA_MODEL_SOURCES": "/m, hub", "FOVEA_DISK_BUDGET": "2GiB"])
        #expect(settings.modelSources.variables["FOVEA_MODEL_SOURCES"] == "/m, hub")
        #expect(settings.modelSources.variables["HF_ENDPOINT"] == "https://huggingface.co")
        #expect(settings.modelSources.diskBudget == 2 << 30)
    }
}
