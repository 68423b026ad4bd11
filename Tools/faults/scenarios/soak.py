"""Thousands of mixed requests: memory must not grow with their number."""

import concurrent.futures
import itertools
import statistics
import time

from harness import real
from harness.bench import mebibytes, scenario
from harness.client import Client

CLIENTS = 4
STEPS = 40
# Of the memory after the first requests; allocators come and go by about a percent.
GROWTH = 1.02


@scenario("soak")
def soak(bench):
    count = 1500 if bench.quick else 10_000
    # A short run is over before every buffer has seen its largest picture.
    settled = STEPS // (3 if bench.quick else 10)
    requests = real.mixed(count, bad=True)
    failures, memory = [], []
    with bench.serve() as service, concurrent.futures.ThreadPoolExecutor(CLIENTS) as threads:
        clients = [Client(service.port) for _ in range(CLIENTS)]
        began = time.monotonic()
        for step in range(STEPS):
            batch = list(itertools.islice(requests, count // STEPS))
            runs = [threads.submit(send, client, batch[i::CLIENTS]) for i, client in enumerate(clients)]
            failures += [failure for run in runs for failure in run.result()]
            memory.append(service.rss())
            print(f"{'':10}{(step + 1) * count // STEPS:6} requests  {time.monotonic() - began:6.0f} s  "
                  f"{mebibytes(memory[-1])}", flush=True)
        deaths = service.total("fovea_worker_restarts_total")
    early = statistics.median(memory[settled:settled + 3])
    late = statistics.median(memory[-3:])
    bench.did(f"{count} texts, pictures, faces, documents and broken files from {CLIENTS} clients")
    bench.check(not failures, f"{len(failures)} went wrong, such as: {' | '.join(failures[:3])}")
    bench.check(deaths == 0, f"{deaths:.0f} workers died")
    bench.check(late <= early * GROWTH, f"memory grew from {mebibytes(early)} to {mebibytes(late)}")
    bench.figure("memory of all processes", f"{mebibytes(early)} early, {mebibytes(late)} at the end, "
                 f"{(late / early - 1) * 100:+.1f} %")


def send(client, requests):
    """Sends requests one after the other; gives back what went wrong."""
    answers = [(client.predict(fields), expected) for fields, expected in requests]
    return [f"expected {expected}, got {answer}" for answer, expected in answers if answer.status != expected]
