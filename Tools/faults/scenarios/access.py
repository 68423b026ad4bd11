"""A service with TLS, a secret path and a token: who knows nothing gets nothing, and certificates are renewed."""

import functools
import os
import ssl
import subprocess

from harness import real
from harness.bench import scenario
from harness.client import Client, Load
from harness.service import eventually

SECRET = "5f1c0c7d90b84e3ba2a4"
TOKEN = "a-token-that-nobody-guesses"
PUBLIC = ("/ping", "/health/live", "/health/ready", "/v2/health/ready")
PRIVATE = ("/", "/health", "/metrics", "/docs", "/openapi.json", "/v2/models/demo-clip/ready", f"/{SECRET[:-1]}/health")


@scenario("closed-door", quick=True)
def closed_door(bench):
    requests = [real.about("a cat"), real.about("a dog"), real.of(real.CLIP, real.picture("cat.jpg"))]
    with bench.serve() as service:
        undisturbed = [service.ask(fields) for fields in requests]

    folder = bench.folder()
    certificate, key, token = folder / "certificate.pem", folder / "key.pem", folder / "token"
    make(certificate, key)
    token.write_text(f"{TOKEN}\n")
    settings = {
        "FOVEA_SECRET_PATH": SECRET, "FOVEA_TOKEN_FILE": str(token), "FOVEA_TLS_CERTIFICATE": str(certificate),
        "FOVEA_TLS_KEY": str(key), "FOVEA_ALLOWED_NETWORKS": "192.0.2.0/24",
    }
    trusted = ssl.create_default_context(cafile=certificate)
    connect = functools.partial(Client, tls=trusted, base=f"/{SECRET}")
    with bench.serve(connect=connect, IMMICH_LOG_LEVEL="debug", **settings) as service:
        stranger = Client(service.port, tls=trusted)
        for path in PUBLIC:
            bench.check(stranger.get(path).status == 200, f"{path} is not for everybody")
        for path in PRIVATE:
            answer = stranger.get(path)
            bench.check(answer.status == 401, f"{path} for a stranger: {answer}")
        bench.check(stranger.predict(requests[0]).status == 401, "a stranger's request is answered")
        for word, status in ((TOKEN, 200), (TOKEN[:-1], 401)):
            answer = stranger.predict(requests[0], {"Authorization": f"Bearer {word}"})
            bench.check(answer.status == status, f"a token of {len(word)} letters: {answer}")
        bench.check(not Client(service.port).get("/ping").status, "an answer without TLS")
        health = subprocess.run([bench.binary, "health", "--report"], env={**os.environ, **settings, "IMMICH_PORT": str(
            service.port), "IMMICH_HOST": "127.0.0.1"}, capture_output=True, text=True)
        bench.check(health.returncode == 0 and '"slots"' in health.stdout, f"fovea health: {health}")

        with Load(service.port, requests, clients=4, connect=connect) as load:
            eventually(lambda: len(load.answers) >= 20, "requests are answered")
            first = presented(service.port)
            # The certificate alone belongs to no key: the former goes on.
            other = folder / "other.pem"
            make(other, folder / "other-key.pem")
            trusted.load_verify_locations(other)
            os.replace(other, certificate)
            eventually(lambda: "stays in use" in service.log.read_text(), "half a change is noticed")
            bench.check(presented(service.port) == first, "half a change was taken over")
            os.replace(folder / "other-key.pem", key)
            eventually(lambda: presented(service.port) != first, "the new certificate is shown")
            count = len(load.answers)
            eventually(lambda: len(load.answers) >= count + 20, "requests are answered after that")
        bench.check_load(load, undisturbed)
        log = service.log.read_text()
        shown = subprocess.run([bench.binary, "serve", "--print-config"], env={**os.environ, **settings},
                               capture_output=True, text=True).stdout
        for word in (SECRET, TOKEN):
            bench.check(word not in log, "a secret is in the log")
            bench.check(word not in shown, "a secret is shown by --print-config")
    bench.did(f"{len(load.answers)} requests over TLS by a secret path, the certificate replaced; strangers turned away")


def make(certificate, key):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)


def presented(port):
    return ssl.get_server_certificate(("127.0.0.1", port))
