#!/usr/bin/env python3
"""Runs Deploy/haproxy/haproxy.cfg with three instances, kills and restarts them one after another under load.

    haproxy_test.py [--binary PATH]

Only addresses are changed in the file, and its line for TLS is switched on. Fails where a request was not answered, or
not as a single instance answers it. Needs haproxy and openssl, no root.
"""

import argparse
import contextlib
import csv
import io
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tools/faults"))
from harness.client import Client, Load, ask  # noqa: E402
from harness.real import CACHE, CLIP, FACES, about, of, picture  # noqa: E402
from harness.service import eventually, free_port  # noqa: E402

ROUNDS = 3


class Instance:
    """One Fovea with its own port, which it keeps over restarts."""

    def __init__(self, binary, folder, number):
        self.binary, self.port = binary, free_port()
        self.log = folder / f"fovea{number}.log"
        self.cache = folder / f"cache{number}"
        shutil.copytree(CACHE, self.cache, symlinks=True, ignore=shutil.ignore_patterns("fovea", "openvino"),
                        copy_function=os.symlink)
        self.process = None

    def start(self):
        own = ("MACHINE_LEARNING_", "FOVEA_", "IMMICH_")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(own)} | {
            "IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": str(self.port), "NO_COLOR": "1",
            "MACHINE_LEARNING_CACHE_FOLDER": str(self.cache), "MACHINE_LEARNING_DEVICE_IDS": "cpu",
            "MACHINE_LEARNING_MODEL_INTRA_OP_THREADS": "1", "FOVEA_PACK_WEIGHTS": "false",
            # Texts are asked again to see that workers answer.
            "FOVEA_TEXT_CACHE_BYTES": "0", "FOVEA_SHUTDOWN_TIMEOUT_S": "300",
        }
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(self.binary), "serve"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)

    def is_ready(self):
        client = Client(self.port, patience=5)
        try:
            return client.get("/v2/health/ready").status == 200
        finally:
            client.close()

    def end(self, how):
        """By a signal to all its processes; waits for the end."""
        with contextlib.suppress(ProcessLookupError):
            if how == signal.SIGKILL:
                os.killpg(self.process.pid, how)
            else:
                self.process.send_signal(how)
        self.process.wait(timeout=300)


class Proxy:
    def __init__(self, folder, instances):
        self.folder, self.port, self.tls_port = folder, free_port(), free_port()
        self.socket = folder / "admin.sock"
        text = (ROOT / "Deploy/haproxy/haproxy.cfg").read_text()
        certificate = folder / "fovea.pem"
        text, count = re.subn(r"^    bind :3003$", f"    bind 127.0.0.1:{self.port}", text, flags=re.M)
        text, more = re.subn(r"^    # bind :3443 ssl crt \S+", f"    bind 127.0.0.1:{self.tls_port} ssl crt {certificate}",
                             text, flags=re.M)
        servers = iter(instances)
        text, lines = re.subn(r"^    (server fovea\d) \S+$", lambda m: f"    {m[1]} 127.0.0.1:{next(servers).port}", text,
                              flags=re.M)
        if (count, more, lines) != (1, 1, len(instances)):
            raise SystemExit(f"haproxy.cfg has other lines than this expects: {count}, {more}, {lines}")
        text = text.replace("global\n", f"global\n    stats socket {self.socket} mode 600 level user\n", 1)
        self.file = folder / "haproxy.cfg"
        self.file.write_text(text)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "crt"],
            check=True, capture_output=True)
        certificate.write_text((folder / "crt").read_text() + (folder / "key").read_text())

    def __enter__(self):
        self.log = open(self.folder / "haproxy.log", "wb")
        self.process = subprocess.Popen(["haproxy", "-f", str(self.file)], stdout=self.log, stderr=self.log)
        eventually(self.socket.exists, "HAProxy listens", patience=30)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.log.close()

    def servers(self):
        """What HAProxy counted for each server."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.socket))
            connection.sendall(b"show stat fovea 4 -1\n")
            text = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        return {row["svname"]: row for row in csv.DictReader(io.StringIO(text.lstrip("# ")))}

    def up(self):
        """Servers that were asked and said that they are ready: HAProxy takes all to be so at first."""
        return sum(row["status"].startswith("UP") and row["check_status"] == "L7OK" for row in self.servers().values())

    def ping(self):
        client = Client(self.port)
        try:
            return client.get("/ping")
        finally:
            client.close()


def value(answer):
    """An answer's vectors and boxes, without what may differ from run to run."""
    return json.loads(answer.json["clip"]) if "clip" in answer.json else answer.json["facial-recognition"]


def kill_and_restart(proxy, instances, load, say):
    for how in (signal.SIGKILL, signal.SIGTERM) * ROUNDS:
        for number, instance in enumerate(instances, 1):
            eventually(lambda: proxy.up() == len(instances), "all are up", patience=120, pause=0.2)
            before = len(load.answers)
            instance.end(how)
            # The others carry on, and more than what was already under way is answered.
            eventually(lambda: len(load.answers) >= before + 3 * load.clients, "others answer", pause=0.1)
            instance.start()
            eventually(instance.is_ready, f"fovea{number} is ready again", patience=120, pause=0.2)
            say(f"{how.name} to fovea{number}: {len(load.answers) - before} answers until it was back")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / ".build/release/fovea")
    options = parser.parse_args()
    requests = [about("a cat"), of(CLIP, picture("cat.jpg")), about("a rocket"), of(FACES, picture("astronaut.jpg")),
                of(CLIP, picture("coffee.jpg"))]
    problems = []
    with tempfile.TemporaryDirectory(prefix="fovea-haproxy-", dir="/var/tmp") as name, contextlib.ExitStack() as stack:
        folder = pathlib.Path(name)
        instances = [Instance(options.binary.resolve(), folder, number) for number in (1, 2, 3)]
        for instance in instances:
            instance.start()
            stack.callback(instance.end, signal.SIGKILL)
        for instance in instances:
            eventually(instance.is_ready, "it is ready", patience=120)
        expected = [ask(instances[0].port, fields) for fields in requests]

        with Proxy(folder, instances) as proxy:
            eventually(lambda: proxy.up() == 3, "HAProxy sees all three", pause=0.1)
            with Load(proxy.port, requests, clients=4) as load:
                kill_and_restart(proxy, instances, load, lambda text: print(f"    {text}"))
            failed = [(index, answer) for index, answer in load.answers if answer.status != 200]
            problems += [f"request {index}: {answer}" for index, answer in failed[:5]]
            wrong = [index for index, answer in load.answers
                     if answer.status == 200 and value(answer) != value(expected[index])]
            problems += [f"{len(wrong)} answers differ from an instance's own"] * bool(wrong)

            rows = proxy.servers()
            print("    requests by server: " + ", ".join(f"{name} {row['stot']}" for name, row in rows.items())
                  + f"; sent again {sum(int(r['wretr']) for r in rows.values())}, "
                  + f"to another {sum(int(r['wredis']) for r in rows.values())}")
            problems += [f"{name} got no requests" for name, row in rows.items() if int(row["stot"]) == 0]
            trust = ssl.create_default_context(cafile=str(folder / "crt"))
            with urllib.request.urlopen(f"https://127.0.0.1:{proxy.tls_port}/ping", context=trust) as answer:
                problems += [] if answer.read() == b"pong" else ["no pong by TLS"]
            for instance in instances:
                instance.end(signal.SIGTERM)
            eventually(lambda: proxy.ping().status == 503, "HAProxy sees none", pause=0.1)
        print(f"    {len(load.answers)} requests by 4 clients that keep their connections, {len(failed)} failed, "
              f"{len(wrong)} answered otherwise")
        if problems:
            print((folder / "haproxy.log").read_text()[:8000])
    print("\n".join(problems) or "HAProxy: no failed answer")
    return min(len(problems), 1)


if __name__ == "__main__":
    sys.exit(main())
