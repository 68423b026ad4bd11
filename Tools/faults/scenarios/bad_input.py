"""Requests that no good client sends: each has its status and a text that says why."""

import json
import socket

from harness import pictures, processes, real
from harness.bench import mebibytes, scenario
from harness.client import Client, form
from harness.service import eventually

CAT = real.picture("cat.jpg")
CLIP = {"modelName": "demo-clip"}


def detection(**options):
    return {"facial-recognition": {"detection": {"modelName": "demo-faces", "options": options}}}


def visual(entry):
    return {"clip": {"visual": entry}}


def image(entries, picture=CAT):
    return {"entries": entries if isinstance(entries, str) else json.dumps(entries), "image": picture}


def text(value):
    return {"entries": json.dumps(real.TEXT), "text": value}


def repeated(count):
    """An object with the same key over and over, of which the last counts."""
    entry = json.dumps(real.CLIP)[1:-1]
    return "{" + ", ".join([entry] * count) + "}"


# What it is called, the form, the statuses it may get, a word its text has.
FORMS = [
    ("a picture of half its bytes", image(real.CLIP, CAT[:len(CAT) // 2]), {400}, "picture"),
    ("a picture of 777 bytes", image(real.CLIP, CAT[:777]), {400}, "picture"),
    ("an empty picture", image(real.CLIP, b""), {400}, "empty"),
    ("no picture at all", image(real.CLIP, b"hello, world"), {400}, "picture"),
    ("a header of 50,000 x 50,000 pixels", image(real.CLIP, pictures.header_only(50_000, 50_000)), {413}, "50000"),
    ("a bilevel picture of 16,000 x 16,000", image(real.CLIP, pictures.bilevel(16_000, 16_000)), {413}, "16000"),
    ("64 MiB of pixels for 8 x 8", image(real.CLIP, pictures.overfull(64 << 20)), {200, 400}, ""),
    ("a comment of 64 MiB", image(real.CLIP, pictures.text_bomb(64 << 20)), {200, 400}, ""),
    ("2000 x 3 pixels", image({**real.CLIP, **real.FACES, **real.OCR}, pictures.gradient(2000, 3)), {200}, "2000"),
    ("1 x 1 pixel", image({**real.CLIP, **real.FACES, **real.OCR}, pictures.gradient(1, 1)), {200}, ""),
    ("a text of 1 MB", text("cat " * 250_000), {200}, "clip"),
    ("a text beyond 1 MiB", text("x" * ((1 << 20) + 1)), {400}, "1024KB"),
    ("no text", {"entries": json.dumps(real.TEXT)}, {400}, "text must be provided"),
    ("the same entry 200 times", image(repeated(200)), {200}, "clip"),
    ("entries that are no JSON", image("{"), {422}, "Invalid request format"),
    ("entries that are a list", image([1]), {422}, "Invalid request format"),
    ("entries nested 100,000 deep", image("[" * 100_000), {422}, "Invalid request format"),
    ("no entries", image({}), {422}, "No model task"),
    ("an unknown task", image({"search": {"visual": CLIP}}), {422}, "search"),
    ("an unknown type", image({"clip": {"audio": CLIP}}), {422}, "audio"),
    ("an unknown key", image(visual({**CLIP, "model": "x"})), {422}, "model"),
    ("an unknown model", image(visual({"modelName": "no-such-model"})), {404}, "no-such-model"),
    ("a name that is a number", image(visual({"modelName": 1})), {422}, "Invalid request format"),
    ("no name", image(visual({})), {422}, "Invalid request format"),
    ("an empty name", image(visual({"modelName": ""})), {422}, "name"),
    ("a name of 5,000 letters", image(visual({"modelName": "x" * 5000})), {422}, "name"),
    ("a path as a name", image(visual({"modelName": "../../../etc/passwd"})), {404, 422}, "passwd"),
    ("'..' as a name", image(visual({"modelName": ".."})), {422}, ".."),
    ("options that are a list", image(visual({**CLIP, "options": []})), {422}, "options"),
    ("a score that is NaN", image(json.dumps(detection(minScore=float("nan")))), {422}, "Invalid request format"),
    ("a score that is 'NaN'", image(detection(minScore="NaN")), {422}, "minScore"),
    ("a score that is 1e999", image('{"facial-recognition": {"detection": {"modelName": "demo-faces", "options": '
                                    '{"minScore": 1e999}}}}'), {422}, "minScore"),
    ("a text model for a picture", image(real.TEXT), {400}, "demo-clip"),
    ("a picture model for a text", {"entries": json.dumps(real.CLIP), "text": "a cat"}, {400}, "demo-clip"),
    ("faces to be recognised, not detected", image({"facial-recognition": {"recognition": {"modelName": "demo-faces"}}}),
     {400}, "depends on"),
]


@scenario("bad-input", quick=True)
def bad_input(bench):
    folder = bench.folder() / "elsewhere"
    with bench.serve() as service:
        client = Client(service.port)
        good = client.predict(image(real.CLIP))
        bench.check_all([good], 200, "good requests were")
        worker = service.worker()
        count = 0

        def check(name, answer, statuses, word):
            nonlocal count
            count += 1
            is_clear = word in answer.text and (answer.status == 200 or b'"detail"' in answer.body)
            bench.check(answer.status in statuses and is_clear,
                        f"{name}: expected {statuses} with '{word}', got {answer}")
            bench.check(client.get("/ping").status == 200, f"{name}: /ping does not answer afterwards")

        for name, fields, statuses, word in FORMS:
            check(name, client.predict(fields), statuses, word)
        for name, body, content_type, statuses, word in raw_bodies():
            check(name, client.send("POST", "/predict", body, content_type and {"Content-Type": content_type}),
                  statuses, word)
        answer = client.predict(image(visual({**CLIP, "options": {"cache_dir": str(folder)}})))
        check("a cache_dir in options", answer, {200}, "clip")
        bench.check(answer.body == good.body and not folder.exists(), "cache_dir in options is not ignored")
        if not bench.quick:
            # Within the limit, so it is decoded: half a GiB for a moment.
            check("a bilevel picture of 12,000 x 14,000", client.predict(
                image(real.CLIP, pictures.bilevel(12_000, 14_000))), {200}, "14000")
        half_a_body(service)
        count += 1
        eventually(service.is_idle, "nothing is held of a request that ended halfway")
        bench.check(client.predict(image(real.CLIP)).body == good.body, "the answer to a good request has changed")
        bench.check(service.worker() == worker, "the worker died")
        peak = processes.status_bytes(worker, "VmHWM")
    bench.did(f"{count} kinds of bad and strange requests, each with its status and reason")
    bench.figure("worker's memory", f"{mebibytes(peak)} at most")


def raw_bodies():
    """What it is called, body, Content-Type, statuses, a word of the text."""
    body, content_type = form(text("a cat"))
    boundary = content_type.split("=")[1]
    return [
        ("an empty body", b"", None, {422}, "entries"),
        ("an empty form", b"", content_type, {422}, "entries"),
        ("no boundary", body, "multipart/form-data", {400}, "boundary"),
        ("another boundary", body, "multipart/form-data; boundary=other", {400}, ""),
        ("a form that breaks off", body[:-len(boundary) - 6], content_type, {400}, ""),
        ("JSON instead of a form", b"{}", "application/json", {422}, "entries"),
        ("a text that is not UTF-8", body.replace(b"a cat", b"a \xff\xfe cat"), content_type, {400}, "UTF-8"),
    ]


def half_a_body(service):
    """Announces more than it sends, and hangs up."""
    body, content_type = form(image(real.CLIP))
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        head = f"POST /predict HTTP/1.1\r\nHost: fovea\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}"
        connection.sendall(head.encode() + b"\r\n\r\n" + body[:len(body) // 2])
        eventually(lambda: service.health()["queue"]["bytes"] > 0, "half a body is held")
