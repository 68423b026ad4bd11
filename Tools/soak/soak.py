#!/usr/bin/env python3
"""Sends thousands of mixed requests to `fovea serve` and watches its memory.

Prints the service's resident memory as it goes and fails if it grew by more
than 2 % between the first quarter and the end, if any request got an answer
other than the expected status, or if the service did not survive.

    Tools/soak/soak.py [--requests 2000] [--clients 4]
"""

import argparse
import concurrent.futures
import http.client
import itertools
import json
import os
import pathlib
import random
import socket
import subprocess
import sys
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fovea"
TEXTS = ["a cat", "a cup of coffee", "a rocket", "people on a beach", "Ünïcode ☕", "x" * 4000]
CLIP = {"clip": {"visual": {"modelName": "demo-clip"}}}
TEXT = {"clip": {"textual": {"modelName": "demo-clip"}}}
FACES = {"facial-recognition": {"detection": {"modelName": "demo-faces", "options": {"minScore": 0.7}},
                                "recognition": {"modelName": "demo-faces"}}}
OCR = {"ocr": {"detection": {"modelName": "PP-OCRv5_mobile", "options": {"minScore": 0.5, "maxResolution": 736}},
               "recognition": {"modelName": "PP-OCRv5_mobile", "options": {"minScore": 0.8}}}}


def form(fields):
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{name}"'
        if isinstance(value, bytes):
            head += '; filename="blob"\r\nContent-Type: application/octet-stream'
        else:
            value = value.encode()
        parts.append(b"--" + boundary.encode() + b"\r\n" + head.encode() + b"\r\n\r\n" + value + b"\r\n")
    return b"".join(parts) + b"--" + boundary.encode() + b"--\r\n", boundary


def schedule(pictures, count):
    """The requests, in an order that is the same for every run: (fields, expected status)."""
    shuffle = random.Random(7)
    cycle = itertools.cycle(pictures)
    kinds = ["text"] * 3 + ["clip"] * 4 + ["faces"] * 3 + ["ocr"] * 1 + ["all"] * 1 + ["bad"] * 1
    for _ in range(count):
        kind = shuffle.choice(kinds)
        if kind == "text":
            yield {"entries": json.dumps(TEXT), "text": shuffle.choice(TEXTS)}, 200
        elif kind == "bad":
            yield {"entries": json.dumps(CLIP), "image": next(cycle)[:777]}, 400
        else:
            entries = {"clip": CLIP, "faces": FACES, "ocr": OCR, "all": {**CLIP, **FACES, **OCR}}[kind]
            yield {"entries": json.dumps(entries), "image": next(cycle)}, 200


class Client:
    """One keep-alive connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def send(self, request):
        fields, expected = request
        body, boundary = form(fields)
        self.connection.request(
            "POST", "/predict", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        response = self.connection.getresponse()
        text = response.read()
        if response.status != expected:
            return f"expected {expected}, got {response.status}: {text[:200]!r}"
        return None


def resident_kib(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(next(line for line in status if line.startswith("VmRSS")).split()[1])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--requests", type=int, default=2000)
    arguments.add_argument("--clients", type=int, default=4)
    options = arguments.parse_args()

    pictures = [p.read_bytes() for p in sorted((ROOT / "Samples").iterdir())
                if p.suffix in {".jpg", ".png", ".webp"}]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = dict(os.environ, IMMICH_HOST="127.0.0.1", IMMICH_PORT=str(port), IMMICH_LOG_LEVEL="error",
                       MACHINE_LEARNING_CACHE_FOLDER=str(CACHE / "demo-models"))
    service = subprocess.Popen([ROOT / ".build/release/fovea", "serve"], env=environment)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        clients = [Client(port) for _ in range(options.clients)]
        requests = schedule(pictures, options.requests)
        quarter, sent, failures, early, started = options.requests // 4, 0, [], 0, time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(options.clients) as threads:
            while batch := list(itertools.islice(requests, quarter // 5)):
                queues = [batch[i::options.clients] for i in range(options.clients)]
                runs = [threads.submit(lambda c, q: [c.send(r) for r in q], c, q) for c, q in zip(clients, queues)]
                failures += [f for run in runs for f in run.result() if f]
                sent += len(batch)
                now = resident_kib(service.pid)
                if sent <= quarter:
                    early = now
                print(f"{sent:6} requests  {time.monotonic() - started:6.0f} s  {now / 1024:7.1f} MiB  "
                      f"{now / early:.3f} x", flush=True)
        for failure in failures[:10]:
            print("FAILED:", failure)
        ratio = now / early
        print(f"{len(failures)} failed; memory after {sent} requests is {ratio:.3f} x that after {quarter}")
        alive = service.poll() is None
        return 0 if alive and not failures and ratio <= 1.02 else 1
    finally:
        service.terminate()
        service.wait(20)


if __name__ == "__main__":
    sys.exit(main())
