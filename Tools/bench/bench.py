#!/usr/bin/env python3
"""Measures the service against the bare engine and against what it should reach, and prints one table.

    Tools/bench/bench.py [--record FILE] [--binary FILE] [--peer URL] [--seconds 2] [--rounds 2] [--only SECTION ...]

Rates and ratios are of the same run, a round of the service and a round of the engine in turn, so that they hold on a
machine that does other things too; times and rates alone need a quiet one. What is measured, in this order:

    every task of `fovea bench --bare`, on models of real cost and on the demo pack; /ping under that load
    with --peer, the same beside the service that this one replaces, a round of each in turn (peer.py)
    throughput with 8 clients against 1
    memory of all processes after all six graphs have run
    from the start of the process to the first ping and the first text, with an empty and a filled cache
    what the gateway adds to a request (overhead.py)
"""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import overhead
import peer

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = peer.MODELS
CLIP, FACES, OCR = "random-ViT-B-32", "random-buffalo", "PP-OCRv5_mobile"

# What a row should reach, by task, model and, for texts, kind.
GOALS = {
    ("clip-image", CLIP, None): "ratio ≥ 0.88",
    ("clip-text", CLIP, "fresh"): "ratio ≥ 0.97",
    ("clip-text", CLIP, "repeated"): "≥ 3000/s",
    ("faces", FACES, None): "ratio ≥ 0.9",
}


def bench(binary, *options, may_fail=False):
    """What `fovea bench` says, as values; where it may fail, also that nothing was answered, and why."""
    run = subprocess.run([binary, "bench", "--cache-folder", MODELS, "--json", *map(str, options)],
                         stdout=subprocess.PIPE)
    if not (may_fail and run.returncode == 1 and run.stdout):
        run.check_returncode()
    return json.loads(run.stdout)


def say(text):
    print(text, file=sys.stderr, flush=True)


SECTIONS = ["tasks", "peer", "clients", "memory", "starts", "gateway"]


class Table:
    """Rows for people, and the figures behind them."""

    header = ("row", "service", "engine alone", "ratio", "replaced service", "ratio", "goal", "p50", "p99",
              "CPU s/1000")

    def __init__(self):
        self.rows = []

    def add(self, row, service, engine="", ratio="", goal="", p50="", p99="", cpu="", peer="", peer_ratio=""):
        self.rows.append((row, service, engine, ratio, peer, peer_ratio, goal, p50, p99, cpu))

    def filled(self):
        """Header and rows, without columns that nothing is in."""
        columns = [column for column in range(len(self.header)) if any(row[column] for row in self.rows)]
        return [[row[column] for column in columns] for row in (self.header, *self.rows)]

    def text(self):
        rows = self.filled()
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines = ["  ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                           for column, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in rows]
        return "\n".join(lines)

    def markdown(self):
        rows = self.filled()
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|---" * len(rows[0]) + "|")
        return "\n".join(lines)


def number(value, unit=""):
    if value is None:
        return "-"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f}{unit}"


def tasks(binary, options, table):
    say("every task, the service and the engine alone in turn (some minutes)")
    report = bench(binary, "--bare", "--clip", CLIP, "--clip", "demo-clip", "--faces", FACES, "--ocr", OCR,
                   "--pictures", ROOT / "Samples", "--seconds", options.seconds, "--rounds", options.rounds)
    for row in report["rows"]:
        bare = row.get("bare") or {}
        name = ", ".join(filter(None, (row["task"], row.get("texts"), row.get("model"))))
        table.add(name, number(row.get("perSecond"), "/s"), number(bare["perSecond"], "/s") if bare else "",
                  f"{bare['ratio']:.2f}" if bare else "",
                  GOALS.get((row["task"], row.get("model"), row.get("texts")), ""),
                  number(row.get("p50Milliseconds"), " ms"), number(row.get("p99Milliseconds"), " ms"),
                  number(row.get("cpuSecondsPerThousand")))
        if row["task"] == "ocr" and bare:
            # Before the rounds, and not in turn with the service as those are.
            runtime = max(rate for name, rate in bare["tried"].items() if name.startswith("cpu:"))
            table.add(f"{name}, ONNX Runtime's CPU provider", number(row["perSecond"], "/s"), number(runtime, "/s"),
                      f"{row['perSecond'] / runtime:.2f}", "ratio ≥ 2.2")
    table.add("/ping under load", "", goal="p99 ≤ 10 ms", p50=number(report.get("busyPingP50Milliseconds"), " ms"),
              p99=number(report.get("busyPingP99Milliseconds"), " ms"))
    return report


def beside_peer(binary, options, table):
    say(f"beside the replaced service, {options.peer}, in turn (some minutes)")
    results = []
    for result in peer.measure(binary, options.peer, options.rounds, options.seconds,
                               lambda *rest: bench(binary, *rest, may_fail=True)):
        results.append(result)
        name = ", ".join(filter(None, (result["task"], result["texts"], result["model"])))
        if result["pictures"] == "fast":
            name += ", FOVEA_PICTURES=fast"
        own, other, ratio = result["service"], result["peer"], number(result["ratio"])
        table.add(f"{name}, beside the replaced service", number(own.get("perSecond"), "/s"),
                  goal=result["goal"], p50=number(own.get("p50Milliseconds"), " ms"),
                  p99=number(own.get("p99Milliseconds"), " ms"), peer=number(other.get("perSecond"), "/s"),
                  peer_ratio=ratio)
        # What is measured stays, should somebody not want to wait for the rest.
        say(f"  {name}: {number(own.get('perSecond'))} and {number(other.get('perSecond'))} a second, ratio {ratio}")
        for who, figures in (("this service", own), ("the replaced service", other)):
            if figures["failure"]:
                say(f"  {who} failed {figures['failures']} times: {figures['failure']}")
    return results


def clients(binary, options, table):
    say("8 clients against 1")
    report = bench(binary, "--task", "clip-image", "--task", "faces", "--task", "ocr", "--clip", CLIP, "--faces", FACES,
                   "--ocr", OCR, "--pictures", ROOT / "Samples", "--clients", "1,8", "--seconds", options.seconds,
                   "--rounds", options.rounds)
    for one, eight in zip(report["rows"][::2], report["rows"][1::2]):
        table.add(f"{one['task']}, {one['model']}, 8 clients against 1", number(eight.get("perSecond"), "/s"),
                  number(one.get("perSecond"), "/s"), f"{eight['perSecond'] / one['perSecond']:.2f}", "ratio ≥ 1",
                  number(eight.get("p50Milliseconds"), " ms"), number(eight.get("p99Milliseconds"), " ms"),
                  number(eight.get("cpuSecondsPerThousand")))
    return report


def memory(binary, table):
    say("memory with all six graphs")
    report = bench(binary, "--task", "clip-image", "--task", "clip-text", "--task", "faces", "--task", "ocr", "--clip",
                   CLIP, "--faces", FACES, "--ocr", OCR, "--seconds", 1, "--rounds", 1)
    table.add("memory, six graphs, without mapped files", f"{report['anonymousBytes'] >> 20} MiB", goal="≤ 350 MiB")
    table.add("memory, six graphs, with mapped files", f"{report['residentBytes'] >> 20} MiB")
    return {"anonymousBytes": report["anonymousBytes"], "residentBytes": report["residentBytes"]}


def start(binary, cache):
    """Seconds from the start of the process to the first ping and to the first text."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = overhead.form({"clip": {"textual": {"modelName": CLIP}}}, text=b"a cup of coffee")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/predict", text,
                                     {"Content-Type": "multipart/form-data; boundary=b"})
    began = time.perf_counter()
    process = subprocess.Popen([binary, "serve", "--host", "127.0.0.1", "--port", str(port), "--cache-folder", cache],
                               stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=5).read()
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - began > 60:
                    raise SystemExit("the service does not start: run 'fovea serve' to see why") from None
                time.sleep(0.001)
        ping = time.perf_counter() - began
        urllib.request.urlopen(request, timeout=120).read()
        return ping, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(30)


def starts(binary, table):
    say("starts")
    results = {"first": [], "second": []}
    for _ in range(3):
        # A cache that holds the models, and nothing that a service made of them.
        with tempfile.TemporaryDirectory(prefix="fovea-bench-") as folder:
            cache = pathlib.Path(folder)
            for model in MODELS.glob("*/*"):
                link = cache / model.parent.name / model.name
                link.parent.mkdir(exist_ok=True)
                link.symlink_to(model.resolve())
            results["first"].append(start(binary, cache))
            # Whatever it makes in the background has the time of a second start to be made.
            start(binary, cache)
            results["second"] += [start(binary, cache) for _ in range(3)]
    figures = {}
    for name, times in results.items():
        ping, text = (statistics.median(values) for values in zip(*times))
        figures[name] = {"pingSeconds": ping, "textSeconds": text}
        goals = ("≤ 0.1 s", "≤ 0.7 s") if name == "second" else ("", "")
        table.add(f"{name} start → ping", f"{ping:.3f} s", goal=goals[0])
        table.add(f"{name} start → first text embedding", f"{text:.2f} s", goal=goals[1])
    return figures


def gateway(binary, table):
    say("what the gateway adds")
    rows = overhead.measure(binary, 10, 40)
    for name, behind, alone, difference in rows:
        table.add(f"gateway + worker, {name}", f"{behind * 1e3:.2f} ms", f"{alone * 1e3:.2f} ms",
                  f"{difference * 1e3:+.2f} ms", "≤ +1.5 ms")
    return [dict(zip(("request", "gatewaySeconds", "aloneSeconds", "differenceSeconds"), row)) for row in rows]


def processor():
    with contextlib.suppress(OSError):
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", type=pathlib.Path, default=ROOT / ".build/release/fovea")
    arguments.add_argument("--record", type=pathlib.Path, help="a file for the figures, JSON, and the table beside it, "
                           "Markdown")
    arguments.add_argument("--peer", metavar="URL", help="the replaced service, started on what peer.py lays out")
    arguments.add_argument("--seconds", type=float, default=2, help="that each round of a task takes")
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--only", nargs="+", choices=SECTIONS, default=SECTIONS, metavar="SECTION",
                           help=f"some of {', '.join(SECTIONS)}")
    options = arguments.parse_args()
    if not options.peer:
        if options.only == ["peer"]:
            arguments.error("--only peer needs --peer URL")
        options.only = [name for name in options.only if name != "peer"]
    binary = options.binary.resolve()
    if platform.machine() == "x86_64":
        # The other engine for processors.
        subprocess.run([binary, "backends", "install", "openvino-classic"], check=True, stdout=sys.stderr)
    began, load = time.time(), os.getloadavg()[0]
    table = Table()
    measures = {
        "tasks": lambda: tasks(binary, options, table), "peer": lambda: beside_peer(binary, options, table),
        "clients": lambda: clients(binary, options, table),
        "memory": lambda: memory(binary, table), "starts": lambda: starts(binary, table),
        "gateway": lambda: gateway(binary, table),
    }
    figures = {name: measures[name]() for name in SECTIONS if name in options.only}
    place = (f"{os.cpu_count()} cores ({processor()}), {time.strftime('%-d %B %Y', time.gmtime(began))}, "
             f"load average {load:.1f} before, {(time.time() - began) / 60:.0f} minutes")
    print(f"{table.text()}\n\n{place}")
    for row in figures.get("tasks", {}).get("rows", []):
        if row.get("bare"):
            bare = row["bare"]
            threads = ", ".join(f"{count} {name}" for name, count in bare["arrangement"].items())
            print(f"{row['task']}, {row['model']}: the best engine is {bare['engine']} with {threads}")
    if options.record:
        options.record.parent.mkdir(parents=True, exist_ok=True)
        options.record.write_text(json.dumps({"place": place, **figures}, indent=2, ensure_ascii=False) + "\n")
        options.record.with_suffix(".md").write_text(f"{place}.\n\n{table.markdown()}\n")


if __name__ == "__main__":
    main()
