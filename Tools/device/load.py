#!/usr/bin/env python3
"""Sends requests from several clients and prints what comes back a second. Needs Python's standard library only."""

import argparse
import http.client
import itertools
import json
import pathlib
import statistics
import subprocess
import threading
import time
import urllib.parse
import uuid

ENTRIES = {
    "image": '{"clip":{"visual":{"modelName":"CLIP"}}}',
    "text": '{"clip":{"textual":{"modelName":"CLIP"}}}',
    "face": '{"facial-recognition":{"detection":{"modelName":"FACES","options":{"minScore":0.7}},'
    '"recognition":{"modelName":"FACES"}}}',
    "ocr": '{"ocr":{"detection":{"modelName":"PP-OCRv5_mobile","options":{"minScore":0.5,"maxResolution":736}},'
    '"recognition":{"modelName":"PP-OCRv5_mobile","options":{"minScore":0.8}}}}',
}


def form(kind, photo, number, arguments):
    """The body of a request as Immich sends it, and its content type."""
    boundary = uuid.uuid4().hex
    entries = ENTRIES[kind]
    for name, model in (('"CLIP"', arguments.clip), ('"FACES"', arguments.faces)):
        entries = entries.replace(name, json.dumps(model))
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="entries"\r\n\r\n{entries}\r\n'.encode()]
    if kind == "text":
        # Each one new, so that no cache answers.
        text = f"a photo of thing number {number}"
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="text"\r\n\r\n{text}\r\n'.encode())
    else:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="blob"\r\n\r\n'
        parts += [head.encode(), photo, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def vram():
    """MiB that are used on the first GPU."""
    command = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits", "--id=0"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[0])


class Load:
    def __init__(self, arguments, kinds):
        self.host = urllib.parse.urlsplit(arguments.url).netloc
        self.photos = [p.read_bytes() for p in sorted(pathlib.Path(arguments.photos).glob("*.jpg"))]
        self.kinds = kinds
        self.numbers = itertools.count()
        self.lock = threading.Lock()
        self.times, self.errors, self.devices, self.samples = [], [], set(), []
        self.faces = 0
        self.arguments = arguments

    def client(self, ends, limit):
        connection = http.client.HTTPConnection(self.host, timeout=600)
        while True:
            with self.lock:
                number = next(self.numbers)
            if (limit and number >= limit) or time.monotonic() > ends:
                return
            body, content_type = form(
                self.kinds[number % len(self.kinds)], self.photos[number % len(self.photos)], number, self.arguments)
            begun = time.monotonic()
            try:
                connection.request("POST", "/predict", body, {"Content-Type": content_type})
                response = connection.getresponse()
                answer = response.read()
                for model in (response.getheader("X-Fovea-Models") or "").split(", "):
                    if ";device=" in model:
                        self.devices.add(model.split(';device="')[1].split('"')[0])
                if response.status == 200:
                    found = len(json.loads(answer).get("facial-recognition", []))
                    with self.lock:
                        self.faces += found
                else:
                    self.errors.append(f"{response.status} {answer[:200]!r}")
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.errors.append(str(error))
                connection.close()
            self.times.append(time.monotonic() - begun)
            if self.arguments.vram and number % 500 == 499:
                self.samples.append((number + 1, vram()))

    def run(self, seconds, limit=0):
        begun = time.monotonic()
        threads = [
            threading.Thread(target=self.client, args=(begun + seconds, limit))
            for _ in range(self.arguments.clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - begun


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="+", choices=[*ENTRIES, "mixed"])
    parser.add_argument("--url", required=True)
    parser.add_argument("--photos", required=True, help="a folder with JPEG files")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--requests", type=int, default=0, help="how many, rather than how long")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--clip", default="demo-clip", help="the model for image and text")
    parser.add_argument("--faces", default="demo-faces")
    parser.add_argument("--vram", action="store_true", help="print the GPU's memory as it goes")
    arguments = parser.parse_args()
    for what in arguments.what:
        kinds = list(ENTRIES) if what == "mixed" else [what]
        warm = Load(arguments, kinds)
        # Models load, devices are tried, shapes compile.
        warm.run(15)
        load = Load(arguments, kinds)
        took = load.run(arguments.seconds if not arguments.requests else 1e9, arguments.requests)
        count = len(load.times)
        faces = f", {load.faces / took:.1f} faces/s" if load.faces else ""
        print(
            f"{what}: {count / took:.1f}/s{faces}, {arguments.clients} clients, "
            f"median {statistics.median(load.times) * 1000:.1f} ms, {count} requests, "
            f"{len(load.errors)} errors, on {', '.join(sorted(load.devices))}")
        for number, used in sorted(load.samples):
            print(f"  after {number}: {used} MiB")
        for error in load.errors[:3]:
            print(f"  {error}")


main()
