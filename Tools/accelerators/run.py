#!/usr/bin/env python3
"""Runs the tests of each engine on what stands in for its hardware here, and says what was skipped and why.

Every engine's tests are Swift tests that the environment points at a device. The last lines are, for each:
    <engine>: N passed, N failed, N skipped (reason)
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fovea"
SWIFT = ["swift", "test", "-c", "release", "--disable-testable-imports", "--skip-build"]
# How Swift Testing reports a test; cases of one test are counted with it.
RESULT = re.compile(r"^. Test (?!run|case)(.+?) (passed|failed|skipped)\b(.*)")
CASES = re.compile(r"with (\d+) test cases? (passed|failed)")


class Engine:
    """What to run for an engine, and where."""

    def __init__(self, name, tests, environment=None, skip=None, note=""):
        self.name = name
        self.tests = tests
        self.environment = environment or {}
        # Why nothing of it can run here.
        self.skip = skip
        self.note = note
        self.passed = self.failed = self.skipped = 0
        self.reasons = []

    def run(self, verbose):
        print(f"==> {self.name}: {self.note or self.tests}", flush=True)
        if self.skip:
            self.skipped = 1
            self.reasons = [self.skip]
            return
        environment = {**os.environ, **self.environment}
        process = subprocess.Popen(
            SWIFT + ["--filter", self.tests], cwd=ROOT, env=environment, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for line in process.stdout:
            if verbose or line.startswith("✘"):
                print("   ", line.rstrip()[:400], flush=True)
            self.note_result(line)
        if process.wait() != 0 and self.failed == 0:
            self.failed = 1
            self.reasons.append(f"the tests ended with status {process.returncode}")

    def note_result(self, line):
        match = RESULT.match(line)
        if not match:
            return
        name, result, rest = match.groups()
        if result == "skipped":
            self.skipped += 1
            reason = rest.strip(' .:"')
            if reason and reason not in self.reasons:
                self.reasons.append(reason)
            return
        cases = CASES.search(line)
        count = int(cases.group(1)) if cases else 1
        if result == "passed":
            self.passed += count
        else:
            self.failed += count

    def summary(self):
        why = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return f"{self.name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped{why}"


def package(name):
    """The newest folder of an installed runtime."""
    folders = sorted(CACHE.glob(f"{name}-[0-9]*"))
    return folders[-1] if folders else None


def is_intel():
    try:
        return "GenuineIntel" in pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


def openvino():
    folder = package("openvino")
    skip = None
    if not folder:
        skip = "its runtime is not installed: fovea backends install openvino"
    elif not is_intel():
        skip = "the plug-in lists no device on a processor that is not Intel's"
    plug_in = folder and folder / "libonnxruntime_providers_openvino_plugin.so"
    return Engine(
        "openvino", "GoldenTests", {"FOVEA_TEST_DEVICE": "openvino:CPU", "FOVEA_TEST_PLUGIN": str(plug_in)},
        skip, "all recorded answers, by the plug-in on its CPU device")


def openvino_classic():
    folder = package("openvino-classic")
    skip = None if folder else "its runtime is not installed: fovea backends install openvino-classic"
    library = folder and next(folder.glob("libonnxruntime.so.*"), None)
    return Engine(
        "openvino-classic", "GoldenTests",
        {"FOVEA_TEST_DEVICE": "openvino:CPU", "FOVEA_ONNXRUNTIME": str(library)}, skip,
        "all recorded answers, by the classic provider on its CPU device")


def webgpu():
    folder = package("webgpu")
    mesa = package("mesa")
    skip = None
    if not folder:
        skip = "its runtime is not installed: fovea backends install webgpu"
    elif not mesa:
        skip = "there is no Vulkan device in software: Tools/setup/software-vulkan.sh"
    environment = {}
    if folder and mesa:
        libraries = [str(mesa / "lib")] + [p for p in [os.environ.get("LD_LIBRARY_PATH")] if p]
        environment = {
            "FOVEA_TEST_DEVICE": "webgpu:0",
            "FOVEA_TEST_PLUGIN": str(folder / "libonnxruntime_providers_webgpu.so"),
            "LD_LIBRARY_PATH": ":".join(libraries),
            "VK_ICD_FILENAMES": str(mesa / "lvp_icd.json"),
            "ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER": "1",
        }
    # A second for each run of a graph: one picture through every task, and all texts.
    tests = "GoldenTests/(oneRequest|textEmbedding)"
    return Engine(
        "webgpu", tests, environment, skip,
        "one picture through every task and all texts, on Vulkan in software")


def armnn():
    build = CACHE / "armnn-test"
    shim, model = build / "libfovea_armnn.so", build / "models" / "dense.armnn"
    environment = {"FOVEA_ARMNN_SHIM": str(shim), "FOVEA_TEST_ARMNN_MODEL": str(model)}
    return Engine(
        "armnn", "ArmNNBackendTests", environment if shim.exists() else {},
        note="its adapter, on Arm NN's reference backend and on a stub of the shim")


def vendor(variable, name):
    """A vendor's ONNX Runtime, to be opened without its hardware."""
    folder = package(name)
    library = folder and next(folder.glob("libonnxruntime.so.*"), None)
    return {variable: str(library)} if library else {}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", help="names of engines; all by default")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes: WebGPU in software")
    parser.add_argument("--verbose", action="store_true", help="show every line of the tests")
    arguments = parser.parse_args()

    stub = "exact options on a recording stub of the runtime"
    engines = [
        Engine("cpu", "GoldenTests", note="all recorded answers, by ONNX Runtime"),
        openvino(), openvino_classic(), webgpu(), armnn(),
        Engine("rknn", "RKNNBackendTests", note="its adapter, on a stub of the runtime"),
        Engine(
            "cuda", "CUDAProviderTests|CUDALibraryTests", vendor("FOVEA_TEST_CUDA", "cuda-test"),
            note=f"{stub}; the real library without hardware"),
        Engine("tensorrt", "TensorRTProviderTests", note=stub),
        Engine("tensorrt-rtx", "TensorRTRTXProviderTests", note=stub),
        Engine(
            "migraphx", "MIGraphXProviderTests|MIGraphXLibraryTests", vendor("FOVEA_TEST_MIGRAPHX", "migraphx"),
            note=f"{stub}; the real library without hardware"),
        Engine("rocm", "ROCmProviderTests", note=stub),
    ]
    if arguments.quick:
        next(e for e in engines if e.name == "webgpu").skip = "it takes minutes in software"
    if arguments.engines:
        known = {engine.name for engine in engines}
        unknown = [name for name in arguments.engines if name not in known]
        if unknown:
            parser.error(f"there is no engine {', '.join(unknown)}, only {', '.join(sorted(known))}")
        engines = [engine for engine in engines if engine.name in arguments.engines]
    begun = time.monotonic()
    for engine in engines:
        engine.run(arguments.verbose)
    print(f"==> done in {time.monotonic() - begun:.0f} s")
    for engine in engines:
        print(engine.summary())
    sys.exit(any(engine.failed for engine in engines))


main()
