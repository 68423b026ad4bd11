#!/usr/bin/env python3
"""Measures what the gateway adds to a request.

Runs `fovea serve` twice, once with a worker process behind the gateway and once with the engine in the
gateway's own process (--in-process), and asks both the same in turn, one request at a time. Prints the medians
and their difference.

    Tools/bench/overhead.py [--rounds 20] [--requests 50] [--binary .build/release/fovea]
"""

import argparse
import http.client
import json
import os
import pathlib
import socket
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fovea"
TEXT = {"clip": {"textual": {"modelName": "demo-clip"}}}
PICTURE = {"clip": {"visual": {"modelName": "demo-clip"}}}


def form(entries, **fields):
    parts = [("entries", json.dumps(entries).encode(), "")]
    parts += [(name, value, '; filename="blob"' if name == "image" else "") for name, value in fields.items()]
    body = b"".join(b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
                    % (name.encode(), file.encode(), value) for name, value, file in parts)
    return body + b"--b--\r\n"


class Service:
    """A running service and one connection to it."""

    def __init__(self, binary, *options, cache=CACHE / "demo-models", **settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = dict(os.environ, IMMICH_HOST="127.0.0.1", IMMICH_PORT=str(port), IMMICH_LOG_LEVEL="error",
                           MACHINE_LEARNING_CACHE_FOLDER=str(cache), **settings)
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen([binary, "serve", *options], env=environment)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, body):
        """Seconds that one answer took."""
        began = time.perf_counter()
        self.connection.request("POST", "/predict", body, {"Content-Type": "multipart/form-data; boundary=b"})
        response = self.connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"the service answered {response.status}")
        return time.perf_counter() - began

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


def measure(binary, rounds, requests):
    """Rows of: the request, medians in seconds behind a gateway and in one process, median of the differences."""
    picture = (ROOT / "Samples/coffee.jpg").read_bytes()
    cases = {"text": form(TEXT, text=b"a cup of coffee"),
             f"picture of {len(picture) // 1024} kB": form(PICTURE, image=picture)}
    rows = []
    # The same text is asked again and again.
    settings = {"FOVEA_TEXT_CACHE_BYTES": "0"}
    gateway, alone = Service(binary, **settings), Service(binary, "--in-process", **settings)
    try:
        for name, body in cases.items():
            for service in (gateway, alone):
                for _ in range(10):
                    service.ask(body)
            times = {gateway: [], alone: []}
            differences = []
            for turn in range(rounds):
                medians = {}
                for service in ((gateway, alone), (alone, gateway))[turn % 2]:
                    round_times = [service.ask(body) for _ in range(requests)]
                    medians[service] = statistics.median(round_times)
                    times[service] += round_times
                differences.append(medians[gateway] - medians[alone])
            rows.append((name, statistics.median(times[gateway]), statistics.median(times[alone]),
                         statistics.median(differences)))
    finally:
        gateway.stop()
        alone.stop()
    return rows


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--requests", type=int, default=50, help="in each round, of each service")
    arguments.add_argument("--binary", default=ROOT / ".build/release/fovea")
    options = arguments.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; "
          f"{options.rounds} rounds of {options.requests} requests, one at a time")
    print(f"{'request':<20}{'gateway + worker':>18}{'one process':>14}{'difference':>13}")
    for name, behind, alone, difference in measure(options.binary, options.rounds, options.requests):
        print(f"{name:<20}{behind * 1e3:>15.2f} ms{alone * 1e3:>11.2f} ms{difference * 1e3:>+10.2f} ms")


if __name__ == "__main__":
    main()
