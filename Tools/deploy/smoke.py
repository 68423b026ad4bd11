#!/usr/bin/env python3
"""Asks a service on this machine everything once, with the demo models: smoke.py PORT

What is right is in Samples/expectations.json, not what Fovea said before.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tools/faults"))
from harness.client import Client  # noqa: E402
from harness.real import CLIP, FACES, OCR, about, of, picture  # noqa: E402
from harness.service import eventually  # noqa: E402


def ask_everything(client):
    """Pairs of what was asked and why the answer is wrong; None where it is right."""
    expected = json.loads((ROOT / "Samples/expectations.json").read_text())
    for name, fields in (("a picture", of(CLIP, picture("cat.jpg"))), ("a text", about("a cat"))):
        answer = client.predict(fields)
        right = answer.status == 200 and len(json.loads(answer.json["clip"])) == 512
        yield f"smart search: {name}", None if right else str(answer)
    answer = client.predict(of(FACES, picture("astronaut.jpg")))
    right = (answer.status == 200
             and len(answer.json["facial-recognition"]) == expected["people"]["counts"]["astronaut.jpg"])
    yield "faces", None if right else str(answer)
    words = next(row for row in expected["texts"] if row["photo"] == "sign-castle.jpg")["contains"]
    answer = client.predict(of(OCR, picture("sign-castle.jpg")))
    found = " ".join(answer.json["ocr"]["text"]) if answer.status == 200 else ""
    yield "text", None if all(word in found for word in words) else str(answer)


def main():
    client = Client(int(sys.argv[1]))
    eventually(lambda: client.get("/ping").status == 200, "the service answers /ping", patience=60)
    wrong = [f"{what}: {why}" for what, why in ask_everything(client) if why]
    print("\n".join(wrong))
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
