"""Workers whose models crash, hang, leak and answer nonsense, each in its own way."""

import time

from harness.bench import is_shade, mebibytes, scenario, shade
from harness.client import Load, ask_all
from harness.service import eventually

GOOD = "good"
LEVELS = range(10, 250, 10)


@scenario("crashes-at-load", quick=True)
def crashes_at_load(bench):
    with bench.serve_faulty("crashes-at-load", GOOD) as service:
        answer = service.ask(shade("crashes-at-load", 100))
        check_refused(bench, answer, "ended its worker twice", "SIGABRT")
        deaths = service.total("fovea_worker_restarts_total")
        bench.check(deaths == 2, f"{deaths:.0f} workers died of a request that was alone, not 2")
        good_beside(bench, service, GOOD, lambda: service.ask(shade("crashes-at-load", 100)))
    bench.did("a model that ends its worker while it is loaded, alone and beside 4 clients of another model")


@scenario("crashes-on-black", quick=True)
def crashes_on_black(bench):
    with bench.serve_faulty("crashes-on-black") as service:
        answer = good_beside(
            bench, service, "crashes-on-black", lambda: service.ask(shade("crashes-on-black", 0)))
        check_refused(bench, answer, "ended its worker twice", "SIGABRT")
        bench.figure("deaths", f"{service.total('fovea_worker_restarts_total'):.0f}")
    bench.did("a picture that ends its worker, among good ones of 4 clients")


@scenario("hangs-at-load", quick=True)
def hangs_at_load(bench):
    with bench.serve_faulty("hangs-at-load", GOOD, MACHINE_LEARNING_WORKER_TIMEOUT=2) as service:
        answer = good_beside(bench, service, GOOD, lambda: service.ask(shade("hangs-at-load", 100)))
        check_refused(bench, answer, "ended its worker twice", "stuck")
        silent = service.total("fovea_worker_restarts_total", reason="silent")
        bench.check(silent >= 2, f"{silent:.0f} workers are counted as silent, not at least 2")
    bench.did("a model that hangs while it is loaded, beside 4 clients of another; patience 2 s")


@scenario("hangs-on-black", quick=True)
def hangs_on_black(bench):
    with bench.serve_faulty("hangs-on-black", MACHINE_LEARNING_WORKER_TIMEOUT=2) as service:
        answer = good_beside(bench, service, "hangs-on-black", lambda: service.ask(shade("hangs-on-black", 0)))
        check_refused(bench, answer, "ended its worker twice", "stuck")
    bench.did("a picture that hangs a worker, among good ones of 4 clients; patience 2 s")


@scenario("leaks", quick=True)
def leaks(bench):
    # Each answer costs 8 MiB: a dozen a worker.
    with bench.serve_faulty("leaks", FOVEA_WORKER_MEMORY="100MiB") as service:
        answers, workers, most = [], set(), 0
        for level in [*LEVELS] * 3:
            answers.append((level, service.ask(shade("leaks", level))))
            slot = service.slot()
            most = max(most, slot.get("anonymousBytes", 0))
            workers |= {slot.get("pid")} - {None}
            time.sleep(0.05)
        eventually(lambda: service.slot().get("anonymousBytes", 0) < 100 << 20, "the last worker is replaced too")
        deaths = service.total("fovea_worker_restarts_total", reason="killed")
    wrong = [answer for level, answer in answers if not is_shade(answer, level)]
    bench.check(not wrong, f"{len(wrong)} of {len(answers)} requests went wrong: {', '.join(map(str, wrong[:3]))}")
    bench.check(len(workers) > 1, "no worker was replaced")
    bench.check(deaths == 0, "a worker was killed instead of replaced in good order")
    bench.did(f"a model that keeps 8 MiB of every run, {len(answers)} runs; FOVEA_WORKER_MEMORY=100MiB")
    bench.figure("workers", len(workers))
    bench.figure("most memory of one", mebibytes(most))


@scenario("answers-nan", quick=True)
def answers_nan(bench):
    with bench.serve_faulty("answers-nan", GOOD) as service:
        answer = good_beside(bench, service, GOOD, lambda: service.ask(shade("answers-nan", 100)))
        check_refused(bench, answer, "no numbers")
        bench.check(b"null" not in answer.body and b'"[' not in answer.body, f"an embedding that is none: {answer}")
        check_unharmed(bench, service)
    bench.did("a model that answers with NaN, beside 4 clients of another")


@scenario("fails-on-black", quick=True)
def fails_on_black(bench):
    with bench.serve_faulty("fails-on-black") as service:
        answer = good_beside(bench, service, "fails-on-black", lambda: service.ask(shade("fails-on-black", 0)))
        check_refused(bench, answer, "The device is lost")
        check_unharmed(bench, service)
    bench.did("a run that reports an error, among good ones of 4 clients")


def good_beside(bench, service, model, bad):
    """Has four clients send good requests to a model while `bad` is answered, and checks theirs.

    Gives back the answer to the bad one.
    """
    with Load(service.port, [shade(model, level) for level in LEVELS], clients=4) as load:
        eventually(lambda: len(load.answers) >= 20, "good requests are answered")
        answer = bad()
        count = len(load.answers)
        eventually(lambda: len(load.answers) >= count + 20, "good requests are answered afterwards")
    wrong = [(LEVELS[index], answer) for index, answer in load.answers if not is_shade(answer, LEVELS[index])]
    bench.check(not wrong, f"{len(wrong)} of {len(load.answers)} good requests went wrong, such as: "
                + " | ".join(f"shade {level}: {answer}" for level, answer in wrong[:2]))
    bench.figure("good answers beside it", len(load.answers) - len(wrong))
    bench.times("their times", [answer.seconds for _, answer in load.answers])
    return answer


def check_refused(bench, answer, *words):
    """500, with a text for people that has these words."""
    is_clear = answer.body.startswith(b'{"detail":') and all(word in answer.text for word in words)
    bench.check(answer.status == 500 and is_clear, f"expected 500 with '{' … '.join(words)}', got {answer}")
    bench.figure("the bad one", f"{answer.status} after {answer.seconds:.1f} s")


def check_unharmed(bench, service):
    deaths = service.total("fovea_worker_restarts_total")
    bench.check(deaths == 0, f"{deaths:.0f} workers died")
