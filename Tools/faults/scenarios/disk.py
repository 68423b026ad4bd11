"""Files that break, and folders that cannot be written to."""

import os
import shutil
import signal
import subprocess

from harness import processes, real
from harness.bench import duration, is_shade, scenario, shade

FACES = real.of(real.FACES, real.picture("astronaut.jpg"))


@scenario("truncated-model", quick=True)
def truncated_model(bench):
    cache = bench.folder()
    for model in ("clip/demo-clip", "facial-recognition/demo-faces"):
        shutil.copytree(real.CACHE / model, cache / model)
    file = cache / "facial-recognition/demo-faces/detection/model.onnx"
    whole = file.read_bytes()
    text = real.about("a cat")
    with bench.serve(cache) as service:
        before = service.ask(text)
        file.write_bytes(whole[:len(whole) // 2])
        broken = service.ask(FACES)
        bench.check(broken.status == 500 and "demo-faces" in broken.text, f"expected 500 naming the model, got {broken}")
        models = {model["name"]: model["state"] for model in service.slot()["models"]}
        bench.check(models.get("demo-faces") == "failed", f"/health says of the models: {models}")
        bench.check(service.ask(text).body == before.body, "another model's answer has changed")
        file.write_bytes(whole)
        bench.check_all([service.ask(FACES)], 200, "requests after the file was restored")
        # The model is in memory now; its file is no more.
        with open(file, "r+b") as opened:
            opened.truncate(len(whole) // 2)
        bench.check_all([service.ask(FACES)], 200, "requests for a model in memory whose file was cut short were")
        bench.check(service.ask(text).body == before.body, "another model's answer has changed")
        deaths = service.total("fovea_worker_restarts_total")
        bench.check(deaths == 0, f"{deaths:.0f} workers died")
    bench.did("a model's file cut in half before and after it was loaded, and restored")


@scenario("read-only-cache", quick=True)
def read_only_cache(bench):
    cache = bench.folder()
    shutil.copytree(real.CACHE / "clip", cache / "clip")
    before = contents(cache)
    prefix = read_only(cache)
    if prefix is None:
        bench.skip("root may write anywhere, and this system lets nothing be mounted")
        return
    with bench.serve(cache, prefix=prefix) as service:
        answers = [service.ask(real.about("a cat")), service.ask(real.of(real.CLIP, real.picture("cat.jpg")))]
        bench.check_all(answers, 200, "requests were")
    if not prefix:
        subprocess.run(["chmod", "-R", "u+w", cache], check=True)
    bench.check(contents(cache) == before, "the cache folder has changed")
    bench.did(f"a cache folder that is {'mounted read-only' if prefix else 'not writable'}")


def read_only(folder):
    """Makes a folder read-only; what to put before a command for which it is to be so, None where it cannot be."""
    if os.geteuid() != 0:
        subprocess.run(["chmod", "-R", "a-w", folder], check=True)
        return []
    script = 'mount --bind -o ro "$0" "$0" && mount -o remount,bind,ro "$0" && ! touch "$0/written" 2>/dev/null && exec "$@"'
    prefix = ["unshare", "--mount", "sh", "-c", script, str(folder)]
    try:
        return prefix if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0 else None
    except OSError:
        return None


def contents(folder):
    return sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*"))


@scenario("no-socket-folder", quick=True)
def no_socket_folder(bench):
    # Nobody, not even root, makes folders in /proc.
    nowhere = dict.fromkeys(["FOVEA_RUNTIME_DIR", "XDG_RUNTIME_DIR", "TMPDIR"], "/proc")
    with bench.serve_faulty("good", **nowhere) as service:
        bench.check(is_shade(service.ask(shade("good", 100)), 100), "the request was not answered rightly")
        arguments = processes.command_line(service.worker())
        path = arguments[arguments.index("--socket") + 1]
        folder = os.path.dirname(path)
        mode = os.stat(folder).st_mode & 0o777
        bench.check(mode == 0o700, f"{folder} has mode {mode:o}, not 700")
        service.stop()
        bench.check(not os.path.exists(folder), f"{folder} is left behind")
    bench.did("FOVEA_RUNTIME_DIR, XDG_RUNTIME_DIR and TMPDIR that cannot be written to")
    bench.figure("sockets are in", os.path.dirname(folder))


@scenario("sockets-tidied-away", quick=True)
def sockets_tidied_away(bench):
    with bench.serve_faulty("good") as service:
        bench.check(is_shade(service.ask(shade("good", 100)), 100), "the request was not answered rightly")
        # As systems do with what nobody has touched for days.
        for folder in service.sockets.iterdir():
            shutil.rmtree(folder)
        processes.end(service.worker(), signal.SIGKILL)
        again = service.ask(shade("good", 50))
        bench.check(is_shade(again, 50), f"expected the right answer of a new worker, got {again}")
    bench.did("the sockets' folder is removed, and the worker with it")
    bench.figure("next answer after", duration(again.seconds))
