#!/usr/bin/env python3
"""Starts the real service, breaks it, and says how it took that.

    Tools/faults/faults.py [--quick] [--binary PATH] [--faulty-worker PATH] [scenario ...]

Each scenario starts services of its own. The table says what was done to them, figures, and a verdict; the exit
status is 0 only where nothing was lost, leaked, left behind or answered wrongly. Times are printed, and nothing
depends on them.
"""

import argparse
import json
import pathlib
import resource
import signal
import sys

import scenarios  # noqa: F401: registers them
from harness import real
from harness.bench import SCENARIOS, Bench

BUILD = real.ROOT / ".build/release"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer scenarios and smaller ones: about a minute")
    parser.add_argument("--binary", type=pathlib.Path, default=BUILD / "fovea")
    parser.add_argument("--faulty-worker", type=pathlib.Path, default=BUILD / "fovea-faulty-worker")
    parser.add_argument("--record", type=pathlib.Path, help="write the figures to this file, as JSON")
    parser.add_argument("--list", action="store_true", help="list the scenarios, and stop")
    parser.add_argument("scenario", nargs="*", help="which; all of them where none is named")
    options = parser.parse_args()
    if options.list:
        print("\n".join(SCENARIOS))
        return 0

    unknown = set(options.scenario) - set(SCENARIOS)
    if unknown:
        parser.error(f"there is no scenario {', '.join(sorted(unknown))}, only {', '.join(SCENARIOS)}")
    for program in (options.binary, options.faulty_worker):
        if not program.is_file():
            parser.error(f"{program} is not there: run 'make build'")
    if not real.CACHE.is_dir():
        parser.error(f"{real.CACHE} is not there: run 'make setup'")
    # Services are ended on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # The crowd needs more files than some systems give at first.
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    chosen = [s for s in SCENARIOS.values() if s.name in options.scenario
              or (not options.scenario and (s.is_quick or not options.quick))]
    results = []
    for scenario in chosen:
        bench = Bench(options.binary.resolve(), options.faulty_worker.resolve(), options.quick)
        bench.run(scenario)
        results.append((scenario, bench))
        show(scenario, bench)
    if options.record:
        options.record.write_text(json.dumps([record(*result) for result in results], indent=2) + "\n")
    verdicts = [bench.verdict for _, bench in results]
    skipped = f", {verdicts.count('skipped')} skipped" if "skipped" in verdicts else ""
    print(f"faults: {verdicts.count('ok')} passed, {verdicts.count('FAILED')} failed{skipped}", flush=True)
    return 1 if "FAILED" in verdicts else 0


def show(scenario, bench):
    """A row of the table; what went wrong, and the end of the service's log, below it."""
    figures = "; ".join(f"{name} {value}" for name, value in bench.figures.items())
    print(f"{bench.verdict:8}{scenario.name:19}{bench.skipped or bench.done}  [{bench.seconds:.0f} s]", flush=True)
    if figures:
        print(f"{'':27}{figures}", flush=True)
    for problem in bench.problems:
        print(f"{'':10}- {problem}", flush=True)
    for log in bench.logs:
        print("".join(f"{'':10}| {line}\n" for line in log.splitlines()[-15:]), end="", flush=True)


def record(scenario, bench):
    return {"scenario": scenario.name, "did": bench.done, "figures": bench.figures, "seconds": round(bench.seconds, 1),
            "verdict": bench.verdict, "problems": bench.problems}


if __name__ == "__main__":
    sys.exit(main())
