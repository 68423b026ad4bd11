"""A slot that is another service, which is killed and started again while clients wait for answers."""

import signal
import time

from harness import processes, real
from harness.bench import scenario
from harness.client import PATIENCE, Client, Load, ask_all
from harness.service import eventually, free_port

CLIENTS = 8
SECRET, WRONG = "5f1c0c7d90b84e3ba2a4", "4a2ab3e48b09d7c0c1f5"
TOKEN = "a-token-that-nobody-guesses"


@scenario("far-service", quick=True)
def far_service(bench):
    requests = [fields for fields, _ in real.mixed(12 if bench.quick else 40, ocr=False)]
    with bench.serve() as service:
        undisturbed = ask_all(service.port, requests, clients=2)
        bench.check_all(undisturbed, 200, "undisturbed requests were")

    kills = 2 if bench.quick else 6
    port = free_port()
    config = bench.folder() / "fovea.yaml"
    config.write_text(f"devices: ['http://127.0.0.1:{port}/{SECRET}/', cpu]\n")
    losses, returns = [], []
    with bench.serve(FOVEA_CONFIG=config) as near, Load(near.port, requests, CLIENTS) as load:
        for _ in range(kills):
            with bench.serve(port=port, connect=knowing, FOVEA_SECRET_PATH=SECRET) as far:
                began = time.monotonic()
                answered(load, began, by_far=True)
                returns.append(time.monotonic() - began)
                answered(load, began, by_far=True, count=2 * CLIENTS)
                eventually(lambda: far.health()["queue"]["running"], "the far service is at work")
                processes.end(far.process.pid, signal.SIGKILL)
                killed = time.monotonic()
                far.wait()
            answered(load, killed, by_far=False)
            losses.append(time.monotonic() - killed)
            eventually(lambda: near.slot()["state"] == "restarting", "/health says that the far service is away")
        passed_on = near.total("fovea_retries_total", reason="passed_on")
        log = near.log.read_text()

    bench.check_load(load, undisturbed)
    by_far = sum(is_by_far(answer) for _, answer in load.answers)
    bench.did(f"{kills} times kill -9 to a service that is a slot, and its start, under {CLIENTS} clients")
    # At the start it was not there yet.
    goings = log.count(f"Service http://127.0.0.1:{port} does not answer")
    bench.check(goings == kills + 1, f"the log tells {goings} times that the service went away, not {kills + 1}")
    comings = log.count(f"Service http://127.0.0.1:{port} answers")
    bench.check(comings == kills, f"the log tells {comings} times that the service came back, not {kills}")
    bench.figure("answers", f"{len(load.answers)}, {by_far} of them by the far service")
    bench.figure("passed on", f"{passed_on:.0f}")
    bench.times("from a kill to the next answer", losses)
    bench.times("from a start to the first answer", returns)
    secret_path(bench, requests[0], undisturbed[0])


def answered(load, since, by_far, count=1):
    """Waits for answers after some moment, by the far service or not."""
    eventually(lambda: sum(a.at > since and a.status == 200 and is_by_far(a) == by_far
                           for _, a in list(load.answers)) >= count,
               f"{'the far service' if by_far else 'this machine'} answers {count} times")


def knowing(port, patience=PATIENCE):
    return Client(port, patience, base=f"/{SECRET}")


def is_by_far(answer):
    return "x-fovea-service" in answer.headers


def secret_path(bench, request, undisturbed):
    """A path in an address lets callers in, so nobody may learn it: no page, log or worker."""
    with bench.serve(connect=knowing, FOVEA_SECRET_PATH=SECRET, FOVEA_TOKEN=TOKEN) as far:
        address = f"http://127.0.0.1:{far.port}"
        for path, token, answers in ((SECRET, "", True), (WRONG, "", False), ("", TOKEN, True), ("", WRONG, False)):
            with bench.serve(MACHINE_LEARNING_DEVICE_IDS=f"{address}/{path},cpu", IMMICH_LOG_LEVEL="debug",
                             FOVEA_SERVICE_TOKEN=token) as near:
                eventually(lambda: near.slot()["state"] in ("running", "restarting"), "the far service is asked")
                answer = near.ask(request)
                what = f"{'a path' if path else 'a token'} that is {'right' if answers else 'wrong'}"
                bench.check(answer.body == undisturbed.body and is_by_far(answer) == answers, f"{what}: {answer}")
                if path == WRONG:
                    slot = near.slot()
                    bench.check("path" in slot.get("lastError", ""), f"/health says {slot}")
                texts = {page: near.get(page).text for page in ("/health", "/metrics", "/ping")}
                texts |= {"the log": near.log.read_text(), "an answer": str(answer.headers)}
                for pid in near.processes():
                    if pid != near.process.pid:
                        environment = b"\n".join(processes.environment(pid))
                        texts["a worker's environment"] = environment.decode(errors="replace")
                bench.check(answers or "a worker's environment" in texts, "there is no worker to be looked at")
                for place, text in texts.items():
                    for secret in filter(None, (path, token)):
                        bench.check(secret not in text, f"{what}: it is in {place}")
