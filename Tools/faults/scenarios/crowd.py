"""Far more clients at once than the service can answer, some of whom say nothing or say it slowly."""

import json
import pathlib
import socket
import subprocess
import sys
import threading

from harness import pictures, processes
from harness.bench import mebibytes, scenario, shade
from harness.client import ask, form

IDLE, SLOW, CLIENTS = 1000, 20, 200
# Room for what waits and runs.
REQUESTS, BYTES = 16, 32 << 20

# The pictures weigh 1.5 MiB each, so without a bound the crowd's bodies alone would take 300 MiB. With one it is
# 45 MiB for the gateway itself, 32 MiB that are held, 20 MiB of copies on their way to the worker (6 times two),
# and some 30 KiB for each of 1,220 connections.
MOST = 150 << 20


@scenario("crowd")
def crowd(bench):
    answers = press(bench)
    bench.check_all(answers, 200, "requests were")


@scenario("crowd-reject")
def crowd_reject(bench):
    answers = press(bench, FOVEA_OVERLOAD="reject")
    wrong = [a for a in answers if not (a.status == 200 or (a.status == 429 and "retry-after" in a.headers))]
    bench.check(not wrong, f"{len(wrong)} requests got neither 200 nor 429 with Retry-After, such as: "
                + " | ".join(map(str, wrong[:3])))
    statuses = [answer.status for answer in answers]
    bench.check(200 in statuses, "no request was answered")
    bench.check(429 in statuses, "no request was refused")
    bench.figure("answers", f"{statuses.count(200)} times 200, {statuses.count(429)} times 429")


def press(bench, **settings):
    """Has everybody come at once; gives back the answers of those who want some."""
    request = {**shade("good", 0), "image": pictures.noise(720, 720)}
    with bench.serve_faulty("good", FOVEA_QUEUE_REQUESTS=REQUESTS, FOVEA_QUEUE_BYTES=BYTES, **settings) as service:
        service.ask(request)
        calm = processes.status_bytes(service.process.pid, "VmRSS")
        pings = Pings(service.port)
        sockets = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(IDLE)]
        with Dawdlers(service.port, request) as dawdlers:
            answers = [None] * CLIENTS
            start = threading.Barrier(CLIENTS)

            def run(index):
                start.wait()
                answers[index] = ask(service.port, request)

            threads = [threading.Thread(target=run, args=[index]) for index in range(CLIENTS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            bench.check(dawdlers.count_alive() == SLOW, "a slow sender was cut off")
        peak = processes.status_bytes(service.process.pid, "VmHWM")
        times = pings.end()
        for connection in sockets:
            connection.close()
    bench.did(f"{CLIENTS} clients at once beside {IDLE} idle connections and {SLOW} slow senders; "
              f"room for {REQUESTS} requests and {BYTES >> 20} MiB"
              + "".join(f"; {name}={value}" for name, value in settings.items()))
    bench.times("answers", [answer.seconds for answer in answers])
    bench.check(times["failed"] == 0, f"{times['failed']} of {times['count']} pings failed")
    bench.times(f"{times['count']} pings", times["seconds"])
    bench.figure("gateway's memory", f"{mebibytes(calm)} before, {mebibytes(peak)} at most")
    bench.check(peak <= MOST, f"the gateway took {mebibytes(peak)}, more than {mebibytes(MOST)}")
    return answers


class Pings:
    """Asks /ping over and over from a process of its own, which this one's threads do not slow down."""

    def __init__(self, port):
        program = pathlib.Path(__file__).resolve().parents[1] / "pings.py"
        self.process = subprocess.Popen(
            [sys.executable, program, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def end(self):
        return json.loads(self.process.communicate()[0])


class Dawdlers:
    """Clients that stop in the middle of a picture and go on with a byte a second."""

    def __init__(self, port, request):
        body, content_type = form(request)
        head = (f"POST /predict HTTP/1.1\r\nHost: fovea\r\nContent-Type: {content_type}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n")
        half = len(body) // 2
        self.rest = body[half:]
        self.sockets = []
        for _ in range(SLOW):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.sendall(head.encode() + body[:half])
            self.sockets.append(connection)
        self.ended = threading.Event()
        self.broken = set()
        self.thread = threading.Thread(target=self.dawdle)

    def dawdle(self):
        at = 0
        while not self.ended.wait(1):
            for connection in self.sockets:
                try:
                    connection.send(self.rest[at:at + 1])
                except OSError:
                    self.broken.add(connection)
            at += 1

    def count_alive(self):
        return SLOW - len(self.broken)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()
        for connection in self.sockets:
            connection.close()
