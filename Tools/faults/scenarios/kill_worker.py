"""Workers with real models are killed again and again while clients wait for answers."""

import random
import signal
import time

from harness import processes, real
from harness.bench import scenario
from harness.client import Load, ask_all
from harness.service import eventually

CLIENTS = 8


@scenario("kill-worker", quick=True)
def kill_worker(bench):
    requests = [fields for fields, _ in real.mixed(12 if bench.quick else 40, ocr=False)]
    with bench.serve() as service:
        undisturbed = ask_all(service.port, requests, clients=2)
        bench.check_all(undisturbed, 200, "undisturbed requests were")

    kills = 5 if bench.quick else 20
    moments = random.Random(1)
    recoveries = []
    with bench.serve() as service, Load(service.port, requests, CLIENTS) as load:
        for _ in range(kills):
            worker = service.worker()
            count = len(load.answers)
            # A worker that has answered nothing yet would make a crash loop, which is another scenario.
            eventually(lambda: len(load.answers) > count, "a request is answered")
            time.sleep(moments.uniform(0, 0.5))
            killed = time.monotonic()
            processes.end(worker, signal.SIGKILL)
            eventually(lambda: service.running_worker() not in (False, None, worker), "another worker runs")
            back = time.monotonic()
            answered = eventually(
                lambda: next((a.at for _, a in reversed(load.answers[-CLIENTS:]) if a.at > back), None),
                "the new worker answers")
            recoveries.append(answered - killed)
        deaths = service.total("fovea_worker_restarts_total")
        retries = service.total("fovea_retries_total")

    right = bench.check_load(load, undisturbed)
    bench.did(f"{kills} times kill -9 to the worker under {CLIENTS} clients with texts, pictures and faces")
    bench.check(deaths == kills, f"{deaths:.0f} deaths are counted in /metrics after {kills} kills")
    bench.figure("answers", f"{len(load.answers)}, {right} as undisturbed")
    bench.figure("requests run again", f"{retries:.0f}")
    bench.times("from a kill to the next answer", recoveries)
