/// The page at `/docs` and `/redoc`: how to talk to the service, in one file
/// that loads nothing from anywhere.
enum DocumentationPage {
    static let html = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Fovea</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
        pre { overflow-x: auto; padding: .75rem 1rem; border-radius: .4rem; background: rgba(127, 127, 127, .15); }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid rgba(127, 127, 127, .35); }
        </style>
        </head>
        <body>
        <h1>Fovea</h1>
        <p>Machine learning for photo libraries: smart search, facial recognition, OCR.
        The machine-readable description is <a href="openapi.json">openapi.json</a>.</p>

        <h2>Routes</h2>
        <table>
        <tr><th>Route</th><th>Answer</th></tr>
        <tr><td><code>GET /ping</code></td><td><code>pong</code>, at any time</td></tr>
        <tr><td><code>POST /predict</code></td><td>what the models say about one image or one text, as JSON</td></tr>
        </table>

        <h2>Predict</h2>
        <p>The body is a form (<code>multipart/form-data</code>, or URL-encoded where there is no image) with
        <code>entries</code>, which says what to run, and <code>image</code> (a file) or <code>text</code>.</p>
        <pre>curl http://localhost:3003/predict \
          -F 'entries={"clip": {"visual": {"modelName": "ViT-B-32__openai"}}}' \
          -F image=@photo.jpg</pre>
        <pre>curl http://localhost:3003/predict \
          -F 'entries={"clip": {"textual": {"modelName": "ViT-B-32__openai"}}}' \
          -F 'text=a dog on a beach'</pre>
        <pre>curl http://localhost:3003/predict \
          -F 'entries={"facial-recognition": {"detection": {"modelName": "buffalo_l", "options": {"minScore": 0.7}},
                                               "recognition": {"modelName": "buffalo_l"}}}' \
          -F image=@photo.jpg</pre>

        <table>
        <tr><th>Task</th><th>Type</th><th>Options</th></tr>
        <tr><td rowspan="2"><code>clip</code></td><td><code>visual</code></td><td></td></tr>
        <tr><td><code>textual</code></td><td><code>language</code>, for NLLB models</td></tr>
        <tr><td rowspan="2"><code>facial-recognition</code></td><td><code>detection</code></td><td><code>minScore</code> (0.7)</td></tr>
        <tr><td><code>recognition</code></td><td>needs detection in the same request</td></tr>
        <tr><td rowspan="2"><code>ocr</code></td><td><code>detection</code></td><td><code>minScore</code> (0.5), <code>maxResolution</code> (736)</td></tr>
        <tr><td><code>recognition</code></td><td><code>minScore</code> (0.9); needs detection in the same request</td></tr>
        </table>

        <h2>Refusals</h2>
        <p>Every refusal has a JSON body with a <code>detail</code> that says why: 400 for a request or an image that
        cannot be read, 404 for a model that is not installed, 413 for what is larger than a limit, 422 for
        <code>entries</code> that do not fit the schema.</p>
        </body>
        </html>
        """#
}
