"""Workers that die over and over without an answer between."""

from harness.bench import duration, is_shade, scenario, shade
from harness.client import Load
from harness.service import eventually

BAD = shade("crashes-at-load", 100)


@scenario("crash-loop", quick=True)
def crash_loop(bench):
    """Five deaths without an answer: the slot, which is the only one, has failed."""
    with bench.serve_faulty("crashes-at-load", "good") as service:
        answers = [service.ask(BAD) for _ in range(3)]
        statuses = [answer.status for answer in answers]
        # Two deaths each, so the fifth is the third request's first.
        bench.check(statuses == [500, 500, 503], f"expected 500, 500, 503, got {', '.join(map(str, answers))}")
        deaths = service.total("fovea_worker_restarts_total")
        bench.check(deaths == 5, f"{deaths:.0f} deaths, not 5")
        slot = service.slot()
        bench.check(slot["state"] == "failed" and "SIGABRT" in slot.get("lastError", ""),
                    f"the slot is '{slot['state']}' because '{slot.get('lastError')}', not 'failed' with a reason")
        for path in ("/ping", "/health", "/v2/health/live", "/v2/health/ready"):
            status = service.get(path).status
            bench.check(status == 503, f"{path} answers {status}, not 503")
        answer = service.ask(shade("good", 100))
        bench.check(answer.status == 503 and "SIGABRT" in answer.text, f"expected 503 with a reason, got {answer}")
        bench.figure("refused after", duration(answer.seconds))
    bench.did("5 deaths without an answer between: the only slot fails, and everything says so")


@scenario("crash-loop-of-two", quick=True)
def crash_loop_of_two(bench):
    """Requests for a model that crashes keep coming; another worker answers the others all the while."""
    with bench.serve_faulty("crashes-at-load", "good", arguments=["--workers", "2"]) as service:
        levels = range(10, 250, 10)
        with Load(service.port, [shade("good", level) for level in levels], clients=4) as load:
            eventually(lambda: service.running_worker(0) and service.running_worker(1), "both workers run")
            refused, pings = [], []
            for _ in range(3 if bench.quick else 6):
                refused.append(service.ask(BAD))
                pings.append(service.get("/ping").status)
            count = len(load.answers)
            eventually(lambda: len(load.answers) >= count + 20, "good requests are answered afterwards")
        deaths = service.total("fovea_worker_restarts_total")
    wrong = [answer for index, answer in load.answers if not is_shade(answer, levels[index])]
    bench.check_all(refused, 500, "requests for the model that crashes were")
    bench.check(not wrong, f"{len(wrong)} of {len(load.answers)} good requests went wrong: "
                f"{', '.join(map(str, wrong[:3]))}")
    bench.check(set(pings) == {200}, f"/ping answered {pings}")
    bench.did(f"2 workers: {len(refused)} requests that crash either, beside 4 clients of another model")
    bench.figure("deaths", f"{deaths:.0f}")
    bench.figure("good answers beside them", len(load.answers) - len(wrong))
    bench.times("their times", [answer.seconds for _, answer in load.answers])
