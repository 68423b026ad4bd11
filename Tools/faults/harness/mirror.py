"""A web server on loopback that has models, and stops when it is told."""

import collections
import hashlib
import http.server
import threading

from . import real


class Mirror:
    """Serves the demo models in the layout of the cache folder, with the sums of their files.

    Of `held` it gives the first half of what was asked for and then waits for `release`.
    """

    def __init__(self, model, held):
        self.held = f"/{model}/{held}"
        self.going_on = threading.Event()
        # Bytes that were sent, by path.
        self.sent = collections.Counter()
        folder = real.CACHE / model
        files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))
                 if path.is_file() and path.suffix in {".onnx", ".json"} and "openvino" not in path.parts}
        sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
        self.files = {f"/{model}/{name}": data for name, data in files.items()} | {f"/{model}/SHA256SUMS": sums.encode()}

    def release(self):
        self.going_on.set()

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"mirror": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release()
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        data = self.mirror.files.get(self.path)
        if data is None:
            self.send_error(404)
            return
        start, end = 0, len(data)
        if range_ := self.headers.get("range"):
            first, last = range_.removeprefix("bytes=").split("-")
            start, end = int(first), min(int(last) + 1, end) if last else end
            self.send_response(206)
            self.send_header("content-range", f"bytes {start}-{end - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("etag", f'"{hashlib.sha256(data).hexdigest()[:32]}"')
        self.send_header("accept-ranges", "bytes")
        self.send_header("content-length", str(end - start))
        self.end_headers()
        half = (start + end) // 2 if self.path == self.mirror.held else end
        try:
            self.write(data[start:half])
            if half < end:
                self.mirror.going_on.wait()
                self.write(data[half:end])
        except OSError:
            self.close_connection = True

    def write(self, data):
        for index in range(0, len(data), 1 << 16):
            piece = data[index:index + (1 << 16)]
            self.wfile.write(piece)
            self.mirror.sent[self.path] += len(piece)

    def log_message(self, *_):
        pass
