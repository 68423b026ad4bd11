"""The gateway itself is killed, asked to end, interrupted, and started twice."""

import signal
import socket
import threading
import time

from harness import processes, real
from harness.bench import duration, is_shade, scenario, shade
from harness.client import Client, ask_all
from harness.service import Broken, Service, eventually


@scenario("gateway-killed", quick=True)
def gateway_killed(bench):
    with bench.serve_faulty("hangs-on-black", arguments=["--workers", "2"]) as service:
        # One worker is stuck in native code; the other is at leisure.
        threading.Thread(target=service.ask, args=[shade("hangs-on-black", 0)], daemon=True).start()
        eventually(lambda: service.health()["queue"]["running"], "a request runs")
        eventually(lambda: is_shade(service.ask(shade("hangs-on-black", 100)), 100) and service.running_worker(0)
                   and service.running_worker(1), "both workers run")
        count = len(service.processes())
        bench.check(count == 3, f"{count} processes, not a gateway and two workers")
        processes.end(service.process.pid, signal.SIGKILL)
        service.wait()
        bench.figure("none of its processes left after", duration(service.check_nothing_left()))
    bench.did("kill -9 to the gateway of 2 workers, one of them stuck in native code")


@scenario("sigterm", quick=True)
def sigterm(bench):
    requests = [real.of(real.FACES, picture) for picture in real.pictures()[:8]]
    with bench.serve() as service:
        expected = ask_all(service.port, requests[:1], clients=1)
        answers = []
        clients = threading.Thread(target=lambda: answers.extend(ask_all(service.port, requests, clients=8)))
        idle = Client(service.port)
        idle.get("/ping")
        clients.start()
        eventually(lambda: taken(service) == 8 or not clients.is_alive(), "all requests are in the service", pause=0.002)
        inside = taken(service)
        began = time.monotonic()
        service.stop()
        ended = time.monotonic() - began
        clients.join()
        bench.check(inside > 0, "the requests were answered before the service was asked to end: none were under way")
        bench.check_all(answers, 200, "requests under way were")
        bench.check(answers[0].body == expected[0].body, "an answer at the end differs from one before")
        bench.check(refuses(service.port), "the port is still listened on")
    bench.did(f"SIGTERM with {inside} requests under way")
    bench.figure("exit status", service.process.returncode)
    bench.figure("ended after", duration(ended))


def taken(service):
    queue = service.health()["queue"]
    return queue["depth"] + queue["running"]


def refuses(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
        return False
    except OSError:
        return True


@scenario("sigint-twice", quick=True)
def sigint_twice(bench):
    with bench.serve_faulty("hangs-on-black") as service:
        threading.Thread(target=service.ask, args=[shade("hangs-on-black", 0)], daemon=True).start()
        eventually(lambda: service.health()["queue"]["running"], "a request runs")
        service.process.send_signal(signal.SIGINT)
        eventually(lambda: refuses(service.port), "the service takes no connections any more")
        bench.check(service.process.poll() is None, "the service did not wait for the request under way")
        began = time.monotonic()
        # The first is being dealt with while the second comes, so a third may be what counts.
        eventually(lambda: interrupted(service), "the service ends", pause=0.5)
        ended = time.monotonic() - began
        bench.figure("gone after", duration(ended))
        service.check_nothing_left()
    bench.did("SIGINT twice with a request under way that never ends")


def interrupted(service):
    service.process.send_signal(signal.SIGINT)
    try:
        return service.process.wait(0.2) is not None
    except Exception:  # noqa: BLE001
        return False


@scenario("same-port", quick=True)
def same_port(bench):
    with bench.serve_faulty("good") as first:
        worker_before = is_shade(first.ask(shade("good", 100)), 100) and first.worker()
        second = Service(bench, first.folder, port=first.port)
        try:
            status = second.wait()
            said = second.log.read_text(errors="replace")
            second.check_nothing_left()
        finally:
            second.control = Client(first.port)
            second.clean()
        bench.check(status != 0, "the second service ended with status 0")
        bench.check(f"{first.port}" in said and "cannot listen" in said, f"the second service only said: {said[-500:]}")
        bench.check(first.get("/ping").status == 200, "the first service does not answer any more")
        bench.check(is_shade(first.ask(shade("good", 50)), 50), "the first service answers wrongly")
        bench.check(first.worker() == worker_before, "the first service has another worker")
        bench.figure("exit status of the second", status)
    bench.did("a second service on the same port")
