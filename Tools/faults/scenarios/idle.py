"""A service that nobody asks gives its memory back."""

import time

from harness import processes, real
from harness.bench import duration, mebibytes, scenario
from harness.service import eventually

# What an idle service may take: as little as leaves it out of the question on the smallest home server.
MOST = 45 << 20


@scenario("idle", quick=True)
def idle(bench):
    with bench.serve(MACHINE_LEARNING_MODEL_TTL=2, MACHINE_LEARNING_MODEL_TTL_POLL_S=1) as service:
        requests = [fields for fields, _ in real.mixed(12)]
        before = [service.ask(fields) for fields in requests]
        bench.check_all(before, 200, "requests were")
        busy = service.rss()
        began = time.monotonic()
        eventually(lambda: len(service.processes()) == 1, "the worker is gone")
        gone = time.monotonic() - began
        # The gateway hears of it a moment after the process is gone.
        eventually(lambda: service.slot()["state"] == "stopped", "the gateway knows that the worker is gone")
        slot = service.slot()
        bench.check(slot["state"] == "stopped" and "pid" not in slot, f"/health says of the slot: {slot}")
        bench.check(service.get("/health").status == 200, "/health does not answer 200 while nothing runs")
        pids = service.processes()
        rss, own = processes.resident_bytes(pids), sum(processes.status_bytes(pid, "RssAnon") for pid in pids)
        bench.check(rss <= MOST, f"the idle service takes {mebibytes(rss)}, more than {mebibytes(MOST)}")
        again = service.ask(requests[0])
        bench.check(again.body == before[0].body, f"the first answer after it differs: {again}")
        deaths = service.total("fovea_worker_restarts_total")
        bench.check(deaths == 0, f"{deaths:.0f} workers died")
    bench.did("no requests for longer than MACHINE_LEARNING_MODEL_TTL=2")
    bench.figure("memory at work", mebibytes(busy))
    bench.figure("idle", f"{mebibytes(rss)} ({mebibytes(own)} of it its own)")
    bench.figure("worker gone after", duration(gone))
    bench.figure("next answer after", duration(again.seconds))
