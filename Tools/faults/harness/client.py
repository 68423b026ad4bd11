"""Clients of the service: the contract's form, and one keep-alive connection each."""

import concurrent.futures
import dataclasses
import http.client
import json
import time
import uuid

# Long enough for any machine: what hangs is a failure, what is slow is none.
PATIENCE = 300


@dataclasses.dataclass
class Answer:
    """What came back; status 0 where nothing did, and `error` says why."""

    status: int
    body: bytes = b""
    headers: dict = dataclasses.field(default_factory=dict)
    error: str = ""
    seconds: float = 0.0
    # When it was there, by time.monotonic().
    at: float = 0.0

    @property
    def text(self):
        return self.error or self.body.decode(errors="replace")

    @property
    def json(self):
        return json.loads(self.body)

    def __str__(self):
        return f"{self.status or 'no answer'}: {self.text[:300]}"


def form(fields):
    """A multipart body and its Content-Type; values that are bytes become files."""
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, bytes):
            head += '; filename="blob"\r\nContent-Type: application/octet-stream'
        else:
            value = value.encode()
        parts.append(head.encode() + b"\r\n\r\n" + value + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


class Client:
    """One keep-alive connection."""

    def __init__(self, port, patience=PATIENCE, tls=None, base=""):
        if tls:
            self.connection = http.client.HTTPSConnection("localhost", port, timeout=patience, context=tls)
        else:
            self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        # Before every path.
        self.base = base

    def predict(self, fields, headers=None):
        body, content_type = form(fields)
        return self.send("POST", "/predict", body, {"Content-Type": content_type, **(headers or {})})

    def get(self, path):
        return self.send("GET", path)

    def send(self, method, path, body=None, headers=None):
        began = time.monotonic()
        try:
            try:
                self.connection.request(method, self.base + path, body, headers or {})
            except (BrokenPipeError, ConnectionResetError):
                pass  # It may have answered before it had read everything.
            response = self.connection.getresponse()
            answer = Answer(response.status, response.read(), {k.lower(): v for k, v in response.getheaders()})
        except (OSError, http.client.HTTPException) as error:
            self.close()
            answer = Answer(0, error=f"{type(error).__name__}: {error}")
        answer.at = time.monotonic()
        answer.seconds = answer.at - began
        return answer

    def close(self):
        self.connection.close()


def ask(port, fields, headers=None, patience=PATIENCE):
    """Sends one request over a connection of its own."""
    client = Client(port, patience)
    try:
        return client.predict(fields, headers)
    finally:
        client.close()


def ask_all(port, requests, clients):
    """Sends requests (forms) with a number of clients at a time; answers in the requests' order."""
    queues = [list(enumerate(requests))[i::clients] for i in range(clients)]
    answers = [None] * len(requests)

    def run(queue):
        client = Client(port)
        for index, fields in queue:
            answers[index] = client.predict(fields)
        client.close()

    with concurrent.futures.ThreadPoolExecutor(clients) as threads:
        for done in [threads.submit(run, queue) for queue in queues]:
            done.result()
    return answers


class Load:
    """Clients that send the same requests round and round until the end of a `with` block."""

    def __init__(self, port, requests, clients, connect=Client):
        self.port, self.requests, self.clients, self.connect = port, requests, clients, connect
        # (index of the request, answer), in the order they came.
        self.answers = []
        self.going = True
        self.threads = concurrent.futures.ThreadPoolExecutor(clients)

    def __enter__(self):
        self.runs = [self.threads.submit(self.run, number) for number in range(self.clients)]
        return self

    def run(self, number):
        client = self.connect(self.port)
        # Each begins elsewhere, so that different requests meet.
        index = number * len(self.requests) // self.clients
        while self.going:
            index = (index + 1) % len(self.requests)
            answer = client.predict(self.requests[index])
            self.answers.append((index, answer))
            if not answer.status:
                time.sleep(0.5)  # Whatever is wrong is not made worse by hurry.
        client.close()

    def __exit__(self, *_):
        self.going = False
        for run in self.runs:
            run.result()
        self.threads.shutdown()
