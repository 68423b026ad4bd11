import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer
import Foundation
import ONNXRuntimeBackend

struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Run the models on one picture or text, without a server.",
        discussion: """
            Prints a summary on a terminal and the service's JSON otherwise:

              fovea predict photo.jpg
              fovea predict photo.jpg | jq '.ocr.text'
              fovea predict --text "a red bicycle"
              cat photo.jpg | fovea predict -

            Without model names it runs every task that has a model in the cache folder, on Immich's default
            models where those are installed.
            """)

    @Argument(help: "A picture file, or - for standard input.", completion: .file())
    var picture: String?

    @Option(help: "A text to embed, instead of a picture.")
    var text: String?

    @Option(help: "The text's language, for NLLB models: a code such as de or pt-BR.")
    var language: String?

    @Option(help: "The smart search model. 'none' leaves the task out.")
    var clip: String?

    @Option(help: "The facial recognition model. 'none' leaves the task out.")
    var faces: String?

    @Option(help: "The OCR model. 'none' leaves the task out.")
    var ocr: String?

    @Option(help: "The device to run on. (default: the best that 'fovea devices' shows)")
    var device: Device?

    @Flag(help: "Print JSON, also on a terminal.")
    var json = false

    @OptionGroup var options: CacheOptions

    func validate() throws {
        guard (picture == nil) != (text == nil) else {
            throw ValidationError("Name a picture, or give a --text.")
        }
    }

    func run() async throws {
        let settings = try options.settings()
        let request = PredictionRequest(payload: try payload(), steps: try steps(in: settings.modelStore))
        let machine = Machine()
        let engine = try settings.makeEngine(
            on: device ?? machine.usable(settings).first ?? .cpu, machine: machine, waitsForProof: true,
            logger: .quiet
        ).engine
        let response = try await engine.predict(request).response
        if json || !StandardOutput.isTerminal {
            StandardOutput.write(String(decoding: response.json, as: UTF8.self) + "\n")
        } else {
            StandardOutput.write(PredictionSummary(request: request, response: response).text)
        }
    }

    private func payload() throws -> PredictionRequest.Payload {
        switch (picture, text) {
        case (_, let text?): return .text(text)
        case ("-", _): return .image(try StandardInput.readAll())
        case (let picture, _):
            let file = URL(filePath: picture ?? "")
            do {
                return .image([UInt8](try Data(contentsOf: file)))
            } catch {
                throw FoveaError(
                    .invalidRequest, "\(file.path) cannot be read: name a picture file.", cause: error)
            }
        }
    }

    private func steps(in store: ModelStore) throws -> [PredictionRequest.Step] {
        let choice = ModelChoice(installed: try store.installed().map(\.id))
        if text != nil {
            guard let model = choice.model(for: .clip, [.textual], named: clip) else {
                throw nothingToRun(store)
            }
            return [.clipTextual(model: model, language: language)]
        }
        var steps: [PredictionRequest.Step] = []
        if let model = choice.model(for: .clip, [.visual], named: clip) {
            steps.append(.clipVisual(model: model))
        }
        if let model = choice.model(for: .facialRecognition, [.detection, .recognition], named: faces) {
            steps += [.faceDetection(model: model), .faceRecognition(model: model)]
        }
        if let model = choice.model(for: .ocr, [.detection, .recognition], named: ocr) {
            // The thresholds that Immich's server sends.
            steps += [.textDetection(model: model), .textRecognition(model: model, minScore: 0.8)]
        }
        guard !steps.isEmpty else { throw nothingToRun(store) }
        return steps
    }

    private func nothingToRun(_ store: ModelStore) -> FoveaError {
        FoveaError(
            .modelNotFound,
            """
            There is no model to run in \(store.folder.path). Copy Immich's model-cache folder there, or name \
            another folder with --cache-folder.
            """)
    }
}
