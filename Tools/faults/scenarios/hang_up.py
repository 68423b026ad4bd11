"""Clients that go, clients with little time, and clients who matter more than others."""

import socket
import threading

from harness import real
from harness.bench import is_shade, scenario, shade
from harness.client import Client, form
from harness.service import eventually

SLOW = real.of({**real.FACES, **real.OCR}, real.picture("group-of-29.jpg"))


def send(port, fields, headers=""):
    """Sends a request and leaves the connection open."""
    body, content_type = form(fields)
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(f"POST /predict HTTP/1.1\r\nHost: fovea\r\n{headers}Content-Type: {content_type}\r\n"
                       f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return connection


@scenario("hang-up")
def hang_up(bench):
    count = 12
    with bench.serve(FOVEA_WORKER_REQUESTS=1) as service:
        before = service.ask(SLOW)
        worker = service.worker()
        connections = [send(service.port, SLOW) for _ in range(count)]
        queue = eventually(lambda: whole(service, count), "all requests are in the service")
        for connection in reversed(connections):
            connection.close()
        eventually(service.is_idle, "nothing waits, runs or is held")
        cancelled = service.total("fovea_requests_cancelled_total")
        after = service.ask(SLOW)
        bench.check(cancelled == count, f"{cancelled:.0f} of {count} are counted as cancelled")
        bench.check(before.status == 200 and after.body == before.body, f"the answer afterwards differs: {after}")
        bench.check(service.worker() == worker, "the worker was replaced")
    bench.did(f"{count} clients hang up, {queue['depth']} of them waiting and {queue['running']} running")
    bench.figure("counted as cancelled", f"{cancelled:.0f}")


def whole(service, count):
    queue = service.health()["queue"]
    return queue if queue["depth"] + queue["running"] == count else None


@scenario("request-timeout")
def request_timeout(bench):
    with bench.serve_faulty("hangs-on-black", FOVEA_WORKER_REQUESTS=1) as service:
        running = service.ask(shade("hangs-on-black", 0), {"X-Request-Timeout": "1.5"})
        bench.check(running.status == 504 and "X-Request-Timeout" in running.text, f"expected 504, got {running}")
        bench.check(is_shade(service.ask(shade("hangs-on-black", 100)), 100), "the worker does not serve any more")
        blocker = send(service.port, shade("hangs-on-black", 0))
        eventually(lambda: service.health()["queue"]["running"] == 1, "a request runs")
        waiting = service.ask(shade("hangs-on-black", 100), {"X-Request-Timeout": "1"})
        bench.check(waiting.status == 504, f"expected 504, got {waiting}")
        blocker.close()
        eventually(service.is_idle, "nothing waits, runs or is held")
        in_time = service.ask(shade("hangs-on-black", 100), {"X-Request-Timeout": "300"})
        bench.check(is_shade(in_time, 100), f"expected 200, got {in_time}")
        bad = [service.ask(shade("hangs-on-black", 100), {"X-Request-Timeout": value})
               for value in ("0", "-1", "soon", "nan", "inf", "1e9")]
        bench.check_all(bad, 400, "requests with a timeout that is none were")
        missed = service.total("fovea_requests_deadline_exceeded_total")
        bench.check(missed == 2, f"{missed:.0f} missed deadlines are counted, not 2")
        bench.check(service.total("fovea_worker_restarts_total") == 0, "a worker died")
    bench.did("X-Request-Timeout passes while a request runs and while one waits")
    bench.figure("504 after", f"{running.seconds:.1f} s of 1.5, {waiting.seconds:.1f} s of 1")


@scenario("priority")
def priority(bench):
    """One request at a time: those who come last, but are more urgent, are answered first."""
    with bench.serve(FOVEA_WORKER_REQUESTS=1) as service:
        text = real.about("a cat")
        bench.check_all([service.ask(SLOW), service.ask(text)], 200, "requests were")
        answers = {}
        threads = []
        for count, name in [(4, "bulk"), (2, "standard"), (1, "interactive")]:
            before = taken(service)
            for number in range(count):
                threads.append(threading.Thread(
                    target=lambda key, priority: answers.update({key: Client(service.port).predict(
                        SLOW, {"X-Fovea-Priority": priority})}), args=[(name, number), name]))
                threads[-1].start()
            eventually(lambda: taken(service) >= before + count or answers, "the requests are in the service", pause=0.005)
        for thread in threads:
            thread.join()
        order = [name for (name, _), _ in sorted(answers.items(), key=lambda item: item[1].at)]
        bench.check_all(list(answers.values()), 200, "requests were")
        # The first bulk request ran already; the interactive one has a reserve, so it may even pass that.
        first = [name for name in order[:4] if name != "bulk"]
        bench.check(sorted(first) == ["interactive", "standard", "standard"] and order[-3:] == ["bulk"] * 3,
                    f"answered in the order {', '.join(order)}")
        bad = service.ask(text, {"X-Fovea-Priority": "urgent"})
        bench.check(bad.status == 400 and "urgent" in bad.text, f"expected 400, got {bad}")
    bench.did("4 bulk, 2 standard and 1 interactive request in that order, one at a time")
    bench.figure("answered", " ".join(order))


def taken(service):
    queue = service.health()["queue"]
    return queue["depth"] + queue["running"]
