"""Models that have to be fetched first: the service is killed at it, and a file breaks afterwards."""

import signal
import threading

from harness import processes, real
from harness.bench import duration, mebibytes, scenario
from harness.client import ask_all
from harness.mirror import Mirror
from harness.service import eventually

MODEL = "clip/demo-clip"
FILE = "textual/model.onnx"


@scenario("fetched-model", quick=True)
def fetched_model(bench):
    text = real.about("a cat")
    with bench.serve() as service:
        expected = service.ask(text).body
    cache = bench.folder()
    with Mirror(MODEL, held=FILE) as mirror:
        settings = {"FOVEA_MODEL_SOURCES": mirror.url, "HF_HUB_OFFLINE": ""}
        size = len(mirror.files[f"/{MODEL}/{FILE}"])
        with bench.serve(cache, **settings) as service:
            for _ in range(4):
                threading.Thread(target=service.ask, args=[text], daemon=True).start()
            shown = eventually(lambda: progress(service), "/health shows the download")
            bench.check(shown["name"] == "demo-clip" and shown["type"] == "textual", f"/health says {shown}")
            eventually(lambda: mirror.sent[f"/{MODEL}/{FILE}"] >= size // 3, "a part of the model was sent")
            bench.check(service.get("/ping").text == "pong", "no pong while a model is fetched")
            processes.end(service.process.pid, signal.SIGKILL)
            service.wait()
        bench.check(not (cache / MODEL / FILE).exists(), "half a model stands where a model belongs")
        before = mirror.sent[f"/{MODEL}/{FILE}"]
        mirror.release()
        with bench.serve(cache, **settings) as service:
            answers = ask_all(service.port, [text] * 16, clients=8)
            bench.check_all(answers, 200, "requests for a model that is fetched meanwhile were")
            bench.check(all(answer.body == expected for answer in answers), "answers differ from those of the demo model")
            bench.figure("answered after", duration(max(answer.seconds for answer in answers)))
        bench.check((cache / MODEL / FILE).read_bytes() == mirror.files[f"/{MODEL}/{FILE}"], "the file differs")
        bench.figure("sent before the kill", mebibytes(before))
        bench.figure("and after", mebibytes(mirror.sent[f"/{MODEL}/{FILE}"] - before))
        bench.check(mirror.sent[f"/{MODEL}/{FILE}"] < 2 * size, "the file was fetched twice")

        # Of the same length, so that only its contents tell.
        (cache / MODEL / FILE).write_bytes(bytes(size))
        with bench.serve(cache, FOVEA_PACK_WEIGHTS="false", **settings) as service:
            mended = eventually(lambda: answered(service, text), "the broken model is mended", pause=0.2)
            bench.check(mended == expected, "the mended model answers otherwise")
        aside = list((cache / "fovea/set-aside").rglob("model.onnx"))
        bench.check(len(aside) == 1 and aside[0].read_bytes() == bytes(size), f"set aside: {aside}")
    bench.did(f"kill -9 to the gateway while it fetches a model of {mebibytes(size)}; 16 requests; the file zeroed")


def progress(service):
    downloads = service.health().get("downloads") or [{}]
    return downloads[0] if downloads[0].get("bytes") else None


def answered(service, request):
    answer = service.ask(request)
    return answer.body if answer.status == 200 else None
