#!/usr/bin/env python3
"""Shows where the service's processor time goes while clients keep it busy, a text file for each row.

    Tools/bench/profile.py [ROW ...] [--folder Benchmarks/profiles] [--binary FILE] [--seconds 10]

Samples gateway and worker with perf's processor clock, which virtual machines have too, and counts where each sample
was: by library, by kind of thread, by function. That is self time; who called is left out. Needs perf (Debian's
linux-perf) and what `make bench` makes.
"""

import argparse
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import bench
import overhead

CLIENTS, FREQUENCY, FUNCTIONS = 4, 499, 28

# File name, what the row is called, its task, the option that names the model, the model.
ROWS = {
    "vit-b-32-image": ("ViT-B/32-cost image", "clip-image", "--clip", bench.CLIP),
    "vit-b-32-text": ("ViT-B/32-cost text, fresh", "clip-text", "--clip", bench.CLIP),
    "demo-clip-image": ("demo-clip image", "clip-image", "--clip", "demo-clip"),
    "faces": ("faces of SCRFD-10G and ArcFace-R50 cost", "faces", "--faces", bench.FACES),
    "ocr": ("OCR, the sample photos", "ocr", "--ocr", bench.OCR),
}

# The kernel keeps 15 letters of a thread's name.
THREADS = [
    (r"fovea\.(imaging)", "pictures and texts"), (r"fovea\.ort", "the engine's runs"), (r"NIO-", "event loops"),
    (r".*-qos|.*overcommit|swift", "Swift tasks"),
]
SAMPLE = re.compile(r"\s*(?P<thread>.+?)\s+(?P<process>\d+)\s+[0-9a-f]+ (?P<function>.*) \((?P<library>[^()]*)\)$")


def load(binary, port, task, option, model, seconds):
    """Starts a load tool; its answer is on standard output."""
    command = [binary, "bench", "--url", f"http://127.0.0.1:{port}", "--task", task, option, model, "--clients",
               CLIENTS, "--pictures", bench.ROOT / "Samples", "--rounds", 1, "--seconds", seconds, "--json"]
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def children(process):
    tasks = pathlib.Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def samples(file):
    """Thread, process, function and library of each sample."""
    script = subprocess.run(["perf", "script", "-i", file, "-F", "comm,pid,ip,sym,dso"], capture_output=True, text=True)
    if script.returncode:
        raise SystemExit(f"perf script failed: {script.stderr.strip()}")
    demangled = subprocess.run(["swift", "demangle", "--simplified"], input=script.stdout, capture_output=True,
                               text=True, check=True).stdout
    for line in demangled.splitlines():
        if found := SAMPLE.match(line):
            yield found["thread"], int(found["process"]), found["function"], found["library"]


def library(path):
    name = pathlib.PurePath(path).name
    # What OpenVINO compiles while it runs has no file.
    if re.match(r"perf-\d+\.map|\[unknown|//anon|anon", name):
        return "made at run time"
    return "kernel" if "kernel" in name or "vdso" in name else re.sub(r"(\.so)[.\d]*$", r"\1", name)


def tidy(function):
    function = re.sub(r"\+0x[0-9a-f]+$", "", function)
    function = re.sub(r"^\[unknown\]$", "(no name)", function)
    return function if len(function) <= 84 else function[:83] + "…"


def part(title, counts, total, most=99, least=0.003):
    lines = [title]
    for name, count in counts.most_common(most):
        if count / total >= least:
            lines.append(f"  {count / total:6.1%}  {name}")
    return "\n".join(lines)


def report(binary, row, seconds):
    title, task, option, model = ROWS[row]
    average = os.getloadavg()[0]
    service = overhead.Service(binary, cache=bench.MODELS)
    try:
        port = service.connection.port
        # Loads the models.
        load(binary, port, task, option, model, 1).communicate(timeout=180)
        client = load(binary, port, task, option, model, seconds + 6)
        time.sleep(3)
        gateway = service.process.pid
        processes = [gateway, *children(gateway)]
        with tempfile.TemporaryDirectory(prefix="fovea-profile-") as folder:
            file = pathlib.Path(folder) / "samples"
            record = subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", str(FREQUENCY), "-o", file, "-p",
                                     ",".join(map(str, processes)), "--", "sleep", str(seconds)],
                                    capture_output=True, text=True)
            if record.returncode or not file.exists():
                raise SystemExit(f"perf cannot sample here: {record.stderr.strip()}")
            found = list(samples(file))
        client.communicate(timeout=120)
    finally:
        service.stop()
    if not found:
        raise SystemExit("perf took no sample: the service had nothing to do, or its clock is not to be had here")
    return text(title, task, model, gateway, found, seconds, average)


def text(title, task, model, gateway, found, seconds, average):
    libraries, threads, functions = (collections.Counter() for _ in range(3))
    inside = collections.defaultdict(collections.Counter)
    for thread, process, function, path in found:
        name = next((name for pattern, name in THREADS if re.match(pattern, thread)), thread)
        name = f"{'gateway' if process == gateway else 'worker'}: {name}"
        libraries[library(path)] += 1
        threads[name] += 1
        inside[name][library(path)] += 1
        functions[f"{library(path):<18} {tidy(function)}"] += 1
    for name in list(threads):
        most = ", ".join(f"{key} {count / len(found):.1%}" for key, count in inside[name].most_common(3))
        threads[f"{name:<28} {most}"] = threads.pop(name)
    date = time.strftime("%-d %B %Y", time.gmtime())
    busy = len(found) / FREQUENCY
    return "\n\n".join([
        f"{title}: where the processor time of gateway and worker goes\n"
        f"fovea bench --task {task}, model {model}, {CLIENTS} clients"
        f"{'' if task == 'clip-text' else ', previews of the sample photos'}\n"
        f"{os.cpu_count()} cores ({bench.processor()}), {date}, load average {average:.1f} before\n"
        f"{len(found)} samples, {busy:.1f} s of processor time in {seconds} s; below 0.3 % is left out",
        part("library, self time", libraries, len(found)),
        part("threads", threads, len(found)),
        part("functions, self time", functions, len(found), FUNCTIONS),
    ]) + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    arguments.add_argument("--binary", type=pathlib.Path, default=bench.ROOT / ".build/release/fovea")
    arguments.add_argument("--folder", type=pathlib.Path, default=bench.ROOT / "Benchmarks/profiles")
    arguments.add_argument("--seconds", type=int, default=10)
    options = arguments.parse_args()
    if unknown := set(options.rows) - set(ROWS):
        arguments.error(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    if not shutil.which("perf"):
        raise SystemExit("there is no perf: 'make bench-profiles' installs it")
    options.folder.mkdir(parents=True, exist_ok=True)
    for row in options.rows or ROWS:
        print(f"{row}: profiling", file=sys.stderr, flush=True)
        (options.folder / f"{row}.txt").write_text(report(options.binary.resolve(), row, options.seconds))


if __name__ == "__main__":
    main()
