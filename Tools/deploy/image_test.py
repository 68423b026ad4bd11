#!/usr/bin/env python3
"""Runs an image's command and checks what is promised of it: image-test.sh calls this.

    image_test.py --variant cpu --config INSPECTED --root MOUNTED

Nothing here is what Fovea said before: texts and faces are those that Samples/expectations.json has.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tools/deploy"), str(ROOT / "Tools/faults")]
from harness.client import Client  # noqa: E402
from harness.real import CACHE, CLIP, of, picture  # noqa: E402
from harness.service import Broken, eventually, free_port  # noqa: E402

import containers  # noqa: E402
from smoke import ask_everything  # noqa: E402

USER = 12345  # that nobody knows
MEGABYTES = {"cpu": 180}


class Check:
    def __init__(self):
        self.failures = 0

    def __call__(self, condition, what, detail=""):
        self.failures += not condition
        print(f"    {'ok    ' if condition else 'FAILED'} {what}{'' if condition else f': {detail}'}")


def unpacked_bytes(root):
    """Of all files, each once: what an image takes without its file system's overhead."""
    seen, total = set(), 0
    for folder, _, names in os.walk(root):
        for name in names:
            status = os.lstat(os.path.join(folder, name))
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                total += status.st_size
    return total


def check_files(check, variant, root, config):
    size = unpacked_bytes(root) / 1e6
    limit = MEGABYTES.get(variant)
    check(not limit or size <= limit, f"size: {size:.0f} MB unpacked", f"more than {limit}")
    check(config["User"].split(":")[0] not in ("", "0", "root"), f"user: {config['User']}, not root", config["User"])
    check("/cache" in (config.get("Volumes") or {}), "volume: /cache", config.get("Volumes"))
    check(config.get("Healthcheck", {}).get("Test") == ["CMD", "fovea", "health"], "health check: fovea health",
          config.get("Healthcheck"))
    labels = {name.rsplit(".", 1)[1] for name in config["Labels"] if name.startswith("org.opencontainers.image.")}
    check({"title", "licenses", "version"} <= labels, "labels", labels)
    check(not [f for f in root.rglob("*") if f.is_file() and not f.is_symlink() and f.stat().st_mode & 0o6000
               and str(f).startswith(str(root / "usr/lib/fovea"))], "no set-user programs of ours")
    check_sbom(check, root, variant)


def check_sbom(check, root, variant):
    document = json.loads((root / "usr/share/doc/fovea/sbom.spdx.json").read_text())
    names = {package["name"] for package in document["packages"]}
    wanted = {"fovea", "hummingbird", "onnxruntime", "libjpeg62-turbo", "libheif1", "tini"}
    wanted |= {"libc6", "tzdata"} if variant == "cpu" else {"dpkg"}
    check(wanted <= names, f"bill of materials: {len(names)} packages", f"without {wanted - names}")
    # Whatever library is there came from somewhere.
    lost = [f.name for f in (root / "usr/lib/fovea").glob("*/fovea-package.json")
            for wheel in json.loads(f.read_text())["wheels"]
            if wheel["sha256"] not in json.dumps(document["packages"])]
    check(not lost, "bill of materials: every runtime by its hash", lost)


def check_service(check, container, port, provider):
    client = Client(port)
    eventually(lambda: client.get("/ping").status == 200 or (container.process.poll() is not None),
               "the service answers /ping", patience=120)
    if container.process.poll() is not None:
        return check(False, "starts", container.log.read_text()[-2000:])

    status = pathlib.Path(f"/proc/{container.pid}/status").read_text()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    check(fields["Uid"].split() == [str(USER)] * 4, f"runs as a user that nobody knows, {USER}", fields["Uid"])
    check(int(fields["CapEff"], 16) == 0, "runs without capabilities", fields["CapEff"])
    check(fields["NoNewPrivs"] == "1", "runs without new privileges", fields["NoNewPrivs"])

    for what, why in ask_everything(client):
        check(not why, what, why)
    # Requests run on the processor until a device has been compared with it.
    moved = lambda: provider in client.predict(of(CLIP, picture("cat.jpg"))).headers.get("x-fovea-models", "")  # noqa: E731
    try:
        check(eventually(moved, "the device is used", patience=120, pause=1), f"by {provider}")
    except Broken:
        check(False, f"by {provider}", client.get("/health").text)
    client.close()

    code, output = container.run(*container.config["Healthcheck"]["Test"][1:])
    check(code == 0, "the health check says yes", output)
    code, output = container.run("fovea", "health", "--url", f"http://127.0.0.1:{free_port()}")
    check(code == 1, "and no where nothing answers", f"{code} {output}")
    check((pathlib.Path(container.cache) / "fovea").is_dir(), "writes to /cache")
    written = subprocess.run(["find", str(container.root), "-newer", str(container.log.parent), "-type", "f"],
                             capture_output=True, text=True).stdout.split()
    check(not written, "writes nowhere else", written)
    check(container.stop() == 0, "ends well when it is told to", container.log.read_text()[-2000:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--variant", required=True)
    parser.add_argument("--config", type=pathlib.Path, required=True)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    options = parser.parse_args()
    config = json.loads(options.config.read_text())["Docker"]["config"]
    check = Check()
    check_files(check, options.variant, options.root, config)

    runs = [({"MACHINE_LEARNING_DEVICE_IDS": "cpu"}, (), "CPUExecutionProvider")]
    classic = sorted(CACHE.parent.glob("openvino-classic-*"))
    if options.variant == "openvino" and classic:
        # OpenVINO's plug-in lists Intel's processors only; the older build runs on any.
        runs.append(({"MACHINE_LEARNING_DEVICE_IDS": "openvino:CPU"},
                     [(classic[0], f"/usr/lib/fovea/{classic[0].name}")], "OpenVINOExecutionProvider"))
    for environment, mounts, provider in runs:
        print(f"  on {environment['MACHINE_LEARNING_DEVICE_IDS']}")
        port = free_port()
        environment |= {"IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": str(port), "NO_COLOR": "1"}
        with tempfile.TemporaryDirectory(prefix="fovea-cache-", dir="/var/tmp") as cache:
            shutil.copytree(CACHE, cache, dirs_exist_ok=True, ignore=shutil.ignore_patterns("fovea", "openvino"))
            os.chmod(cache, 0o1777)
            with containers.Container(options.root, config, cache, USER, environment, mounts) as container:
                check_service(check, container, port, provider)
    print(f"  {options.variant}: {'as promised' if not check.failures else f'{check.failures} failed'}")
    return min(check.failures, 1)


if __name__ == "__main__":
    sys.exit(main())
