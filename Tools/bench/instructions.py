#!/usr/bin/env python3
"""Counts what one call of each kernel takes: instructions, by callgrind, and allocations, by allocations.c.

    Tools/bench/instructions.py [KERNEL ...] [--build FOLDER] [--json]

Both are of one call after two to warm up, and the same for the same binary on the same kind of processor, instructions
to two thousandths, however busy the machine is. callgrind runs the code that it knows: where a kernel has several, the
one for AVX2, not the one for AVX-512. Needs valgrind, a C compiler, and what `make bench-kernels` builds.
"""

import argparse
import contextlib
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build-kernels"
FIXTURES = ROOT / "Tests/Fixtures/tokenizers"


@contextlib.contextmanager
def environment():
    """The variables that name what kernels work on."""
    with tempfile.TemporaryDirectory(prefix="fovea-kernels-") as folder:
        for name in ("clip-bpe", "xlmr-unigram"):
            packed = (FIXTURES / name / "tokenizer.json.gz").read_bytes()
            target = pathlib.Path(folder) / name
            target.mkdir()
            (target / "tokenizer.json").write_bytes(gzip.decompress(packed))
        yield dict(os.environ, FOVEA_KERNEL_PHOTO=str(ROOT / "Samples/coffee.jpg"), FOVEA_KERNEL_TOKENIZERS=folder)


def output(command, variables, **options):
    """What a command prints; ends the script where it fails."""
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=variables, **options)
    if run.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{(run.stdout + run.stderr).strip()[-2000:]}")
    return run.stdout


def kernels(program):
    if not program.exists():
        raise SystemExit(f"{program} is not there: 'make bench-kernels' builds it")
    return output([program], os.environ).split()


def instructions(program, kernel, variables):
    """Instructions of the second of the two calls that are counted."""
    with tempfile.TemporaryDirectory(prefix="fovea-callgrind-") as folder:
        file = pathlib.Path(folder) / "out"
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=fovea_measured_kernel",
             "--dump-after=fovea_measured_kernel", f"--callgrind-out-file={file}", program, kernel],
            capture_output=True, text=True, env=variables)
        if run.returncode:
            raise SystemExit(f"callgrind cannot run {kernel}:\n{run.stderr.strip()[-2000:]}")
        return total(pathlib.Path(folder), kernel)


def total(folder, kernel):
    """There is a dump for each call, and one of what was not counted."""
    counts = {}
    for file in folder.glob("out*"):
        dump = file.read_text(errors="replace")
        part, found = (re.search(rf"^{key}: (\d+)", dump, re.MULTILINE) for key in ("part", "summary"))
        if found and int(found[1]):
            counts[int(part[1]) if part else 0] = int(found[1])
    if len(counts) != 2:
        raise SystemExit(f"callgrind saw {len(counts)} calls of {kernel} instead of 2")
    return counts[max(counts)]


def allocations(program, kernel, variables, library):
    """Number and bytes."""
    lines = output([program, kernel], dict(variables, LD_PRELOAD=str(library))).splitlines()
    values = dict(line.split() for line in lines)
    if "allocations" not in values:
        raise SystemExit(f"{kernel}: the counter was not loaded")
    return int(values["allocations"]), int(values["bytes"])


def stripped(program, folder):
    """A copy without debug information, which Debian 12's valgrind cannot read; names of functions stay."""
    copy = pathlib.Path(folder) / "kernel"
    output(["strip", "--strip-debug", "-o", copy, program], os.environ)
    return copy


def counter(folder):
    library = pathlib.Path(folder) / "allocations.so"
    output(["cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library,
            pathlib.Path(__file__).with_name("allocations.c")], os.environ)
    return library


def measure(program, names, variables):
    """Instructions, allocations and allocated bytes, by kernel."""
    for tool in ("valgrind", "cc", "strip"):
        if not shutil.which(tool):
            raise SystemExit(f"there is no {tool}: 'make bench-kernels' installs valgrind, 'make setup' a compiler")
    counts = {}
    with tempfile.TemporaryDirectory(prefix="fovea-counter-") as folder:
        library, program = counter(folder), stripped(program, folder)
        for name in names:
            print(f"{name}: counting", file=sys.stderr, flush=True)
            number, size = allocations(program, name, variables, library)
            counts[name] = {"instructions": instructions(program, name, variables), "allocations": number,
                            "bytes": size}
    return counts


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("kernels", nargs="*", metavar="KERNEL")
    arguments.add_argument("--build", type=pathlib.Path, default=BUILD, help="where SwiftPM built Benchmarks/Kernels")
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    program = options.build / "release/kernel"
    known = kernels(program)
    if unknown := set(options.kernels) - set(known):
        arguments.error(f"no such kernel: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    with environment() as variables:
        counts = measure(program, options.kernels or known, variables)
    if options.json:
        print(json.dumps(counts, indent=2))
        return
    width = max(map(len, counts))
    print(f"{'kernel':<{width}}  {'instructions':>14}  {'allocations':>11}  {'bytes':>12}")
    for name, count in counts.items():
        print(f"{name:<{width}}  {count['instructions']:>14,}  {count['allocations']:>11,}  {count['bytes']:>12,}")


if __name__ == "__main__":
    main()
