import FoveaCore

/// The service's description in OpenAPI 3.1.
enum OpenAPI {
    static let document = #"""
        {"openapi":"3.1.0","info":{"title":"Fovea","description":"Machine learning for photo libraries: smart search, facial recognition, OCR. Speaks the protocol of Immich's machine-learning container.","version":"\#(Version.current)"},
        "paths":{
        "/":{"get":{"summary":"Say what this is","operationId":"root","responses":{"200":{"description":"A greeting","content":{"application/json":{"schema":{"type":"object","properties":{"message":{"type":"string","const":"Immich ML"}}}}}}}}},
        "/ping":{"get":{"summary":"Say that the service is up","operationId":"ping","responses":{"200":{"description":"Always pong","content":{"text/plain":{"schema":{"type":"string","const":"pong"}}}}}}},
        "/predict":{"post":{"summary":"Run models on one image or one text","operationId":"predict",
        "requestBody":{"required":true,"content":{
        "multipart/form-data":{"schema":{"$ref":"#/components/schemas/Form"}},
        "application/x-www-form-urlencoded":{"schema":{"$ref":"#/components/schemas/TextForm"}}}},
        "responses":{
        "200":{"description":"One member for each task that was asked for, then the image's size where an image was sent","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Prediction"}}}},
        "400":{"$ref":"#/components/responses/Problem"},
        "401":{"$ref":"#/components/responses/Problem"},
        "403":{"$ref":"#/components/responses/Problem"},
        "404":{"$ref":"#/components/responses/Problem"},
        "413":{"$ref":"#/components/responses/Problem"},
        "422":{"$ref":"#/components/responses/Problem"},
        "500":{"$ref":"#/components/responses/Problem"}}}}},
        "components":{
        "responses":{"Problem":{"description":"The request was refused or has failed","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}},
        "schemas":{
        "Form":{"type":"object","required":["entries"],"properties":{
        "entries":{"type":"string","contentMediaType":"application/json","contentSchema":{"$ref":"#/components/schemas/Entries"}},
        "image":{"type":"string","format":"binary","description":"An image file's bytes. Wins over text."},
        "text":{"type":"string"}}},
        "TextForm":{"type":"object","required":["entries","text"],"properties":{
        "entries":{"type":"string","contentMediaType":"application/json","contentSchema":{"$ref":"#/components/schemas/Entries"}},
        "text":{"type":"string"}}},
        "Entries":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{
        "clip":{"type":"object","additionalProperties":false,"properties":{
        "visual":{"$ref":"#/components/schemas/Entry"},
        "textual":{"allOf":[{"$ref":"#/components/schemas/Entry"}],"properties":{"options":{"type":"object","properties":{"language":{"type":["string","null"],"default":null}}}}}}},
        "facial-recognition":{"type":"object","additionalProperties":false,"dependentRequired":{"recognition":["detection"]},"properties":{
        "detection":{"allOf":[{"$ref":"#/components/schemas/Entry"}],"properties":{"options":{"type":"object","properties":{"minScore":{"type":"number","default":0.7}}}}},
        "recognition":{"$ref":"#/components/schemas/Entry"}}},
        "ocr":{"type":"object","additionalProperties":false,"dependentRequired":{"recognition":["detection"]},"properties":{
        "detection":{"allOf":[{"$ref":"#/components/schemas/Entry"}],"properties":{"options":{"type":"object","properties":{"minScore":{"type":"number","default":0.5},"maxResolution":{"type":"integer","minimum":1,"default":736}}}}},
        "recognition":{"allOf":[{"$ref":"#/components/schemas/Entry"}],"properties":{"options":{"type":"object","properties":{"minScore":{"type":"number","default":0.9}}}}}}}}},
        "Entry":{"type":"object","required":["modelName"],"properties":{"modelName":{"type":"string","example":"ViT-B-32__openai"},"options":{"type":"object"}}},
        "Embedding":{"type":"string","description":"A JSON array of numbers, as a string","example":"[0.0284,-0.0145]"},
        "Prediction":{"type":"object","properties":{
        "clip":{"$ref":"#/components/schemas/Embedding"},
        "facial-recognition":{"oneOf":[
        {"type":"array","items":{"type":"object","required":["boundingBox","embedding","score"],"properties":{"boundingBox":{"type":"object","required":["x1","y1","x2","y2"],"properties":{"x1":{"type":"number"},"y1":{"type":"number"},"x2":{"type":"number"},"y2":{"type":"number"}}},"embedding":{"$ref":"#/components/schemas/Embedding"},"score":{"type":"number"}}}},
        {"type":"object","description":"Detection alone","required":["boxes","scores","landmarks"],"properties":{"boxes":{"type":"array","items":{"type":"array","items":{"type":"number"},"minItems":4,"maxItems":4}},"scores":{"type":"array","items":{"type":"number"}},"landmarks":{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}}}}}]},
        "ocr":{"oneOf":[
        {"type":"object","required":["box","text","boxScore","textScore"],"properties":{"box":{"type":"array","description":"Eight numbers a line: four corners as fractions of the image's width and height","items":{"type":"number"}},"text":{"type":"array","items":{"type":"string"}},"boxScore":{"type":"array","items":{"type":"number"}},"textScore":{"type":"array","items":{"type":"number"}}}},
        {"type":"object","description":"Detection alone, in pixels","required":["boxes","scores"],"properties":{"boxes":{"type":"array","items":{"type":"array","items":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2}}},"scores":{"type":"array","items":{"type":"number"}}}}]},
        "imageHeight":{"type":"integer"},
        "imageWidth":{"type":"integer"}}},
        "Problem":{"type":"object","required":["detail"],"properties":{"detail":{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"object","properties":{"type":{"type":"string"},"loc":{"type":"array","items":{"type":["string","integer"]}},"msg":{"type":"string"},"input":{}}}}]}}}}}}
        """#
}
