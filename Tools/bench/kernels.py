#!/usr/bin/env python3
"""Measures the service's own computing piece by piece and prints one table.

    Tools/bench/kernels.py [--record FILE] [--build FOLDER]

For each kernel of Benchmarks/Kernels: time of a call, the median, by package-benchmark; instructions and allocations of
a call, by instructions.py. Times need a quiet machine, counts do not.

There are two times. The first is with the heap as a worker sets it up, which gives blocks of more than 8 MiB back to
the kernel at once; each new one is mapped and cleared again, page by page. The second is with the C library's own ways.
"""

import argparse
import json
import os
import pathlib
import sys
import time

import bench
import instructions

PACKAGE = bench.ROOT / "Benchmarks/Kernels"
TARGET = "FoveaKernelBenchmarks"
# As fovea_keep_heap_small in Sources/CONNXRuntime/process.c.
WORKER_HEAP = {"GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=8388608:glibc.malloc.trim_threshold=16777216"}
UNITS = {"ns": 1e-9, "μs": 1e-6, "us": 1e-6, "ms": 1e-3, "s": 1}


def times(build, variables):
    """Seconds of a call by kernel: medians."""
    print("timing (half a minute, and some for the first build)", file=sys.stderr, flush=True)
    report = instructions.output(
        ["swift", "package", "--package-path", PACKAGE, "--scratch-path", build, "benchmark", "--format", "jmh",
         "--path", "stdout", "--no-progress"], variables)
    # Remarks come before.
    rows = json.loads(report[report.index("[{"):report.rindex("]") + 1])
    return {row["benchmark"].partition(f"{TARGET}.")[2]: median(row["secondaryMetrics"]["Time (wall clock)"])
            for row in rows}


def median(metric):
    return metric["scorePercentiles"]["50.0"] * UNITS[metric["scoreUnit"]]


def duration(seconds):
    return f"{seconds * 1e3:.2f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.1f} µs"


def size(count):
    return f"{count / 1024:,.0f} KiB"


def table(timed, eased, counts):
    """Markdown, which is read as it is too."""
    rows = [("kernel", "time", "time, default heap", "instructions", "allocations", "allocated")]
    rows += [(name, duration(timed[name]), duration(eased[name]), f"{count['instructions']:,}",
              f"{count['allocations']:,}", size(count["bytes"])) for name, count in counts.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                               for column, (cell, width) in enumerate(zip(row, widths))) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) if column == 0 else "-" * (width + 1) + ":"
                                   for column, width in enumerate(widths)) + "|")
    return "\n".join(lines)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", type=pathlib.Path, default=instructions.BUILD)
    arguments.add_argument("--record", type=pathlib.Path, help="a file for the figures, JSON, and the table beside it, "
                           "Markdown")
    options = arguments.parse_args()
    program = options.build.resolve() / "release/kernel"
    names = instructions.kernels(program)
    began, load = time.time(), os.getloadavg()[0]
    with instructions.environment() as variables:
        timed = times(options.build.resolve(), {**variables, **WORKER_HEAP})
        eased = times(options.build.resolve(), variables)
        counts = instructions.measure(program, names, variables)
    if missing := set(counts) - (set(timed) & set(eased)):
        raise SystemExit(f"package-benchmark did not time {', '.join(sorted(missing))}")
    place = (f"{os.cpu_count()} cores ({bench.processor()}), {time.strftime('%-d %B %Y', time.gmtime(began))}, "
             f"load average {load:.1f} before")
    print(f"{table(timed, eased, counts)}\n\n{place}")
    if options.record:
        figures = {name: {"seconds": timed[name], "secondsWithDefaultHeap": eased[name], **count}
                   for name, count in counts.items()}
        options.record.parent.mkdir(parents=True, exist_ok=True)
        options.record.write_text(json.dumps({"place": place, "kernels": figures}, indent=2, ensure_ascii=False) + "\n")
        options.record.with_suffix(".md").write_text(f"{place}.\n\n{table(timed, eased, counts)}\n")


if __name__ == "__main__":
    main()
