"""Runs what an image says, without a container engine: in namespaces of its own, on a root that is read-only.

Needs root. The process gets what a careful engine would give it: a user that no one knows, no capabilities, no new
privileges, its own processes and mounts, and the host's network.
"""

import pathlib
import shlex
import signal
import subprocess
import tempfile

DEVICES = ("full", "null", "random", "urandom", "zero")


class Container:
    """The command of an image, until the end of a `with` block.

    root: the image's files, mounted. config: as in `Docker.config` of `buildah inspect`. mounts: pairs of a folder
    here and where it is to be seen there, read-only.
    """

    def __init__(self, root, config, cache, user, environment, mounts=()):
        self.root, self.config, self.cache, self.user = pathlib.Path(root), config, cache, user
        self.environment = dict(item.split("=", 1) for item in config["Env"]) | environment
        self.mounts = mounts
        self.status = None

    def script(self, top):
        """Prepares the mounts and becomes the command: the first process of its namespace."""
        lines = [
            "set -e", "mount --make-rprivate /", f"mkdir {top}",
            f"mount --bind {self.root} {top}", f"mount -o remount,bind,ro {top}",
            f"mount -t tmpfs -o mode=755 tmpfs {top}/dev", f"mkdir {top}/dev/shm",
            *[f"touch {top}/dev/{name}; mount --bind /dev/{name} {top}/dev/{name}" for name in DEVICES],
            f"mount -t tmpfs -o mode=1777,size=64m tmpfs {top}/dev/shm",
            f"mount -t proc proc {top}/proc",
            f"mount --bind {self.cache} {top}{self.config['WorkingDir']}",
            *[f"mount --bind -o ro {source} {top}{place}" for source, place in self.mounts],
        ]
        command = shlex.join([*self.config["Entrypoint"], *self.config["Cmd"]])
        # chroot gives its capabilities up with its user.
        lines.append(
            f"exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+sys_chroot,+setuid,+setgid "
            f"env -i {shlex.join(self.variables())} "
            f"/usr/sbin/chroot --userspec={self.user}:{self.user} --groups= {top} {command}")
        return "\n".join(lines)

    def variables(self):
        return [f"{name}={value}" for name, value in self.environment.items()]

    def __enter__(self):
        for _, place in self.mounts:
            (self.root / place.lstrip("/")).mkdir(parents=True, exist_ok=True)
        self.folder = tempfile.TemporaryDirectory(prefix="fovea-container-")
        self.log = pathlib.Path(self.folder.name) / "log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--ipc", "--uts", "bash", "-c",
                 self.script(self.folder.name + "/root")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.folder.cleanup()

    @property
    def pid(self):
        """The first process of the namespace, as it is known here."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def run(self, *command):
        """Runs a command inside, as `docker exec` does: its status and what it printed."""
        done = subprocess.run(
            ["env", "-i", *self.variables(), "/usr/bin/nsenter", f"--target={self.pid}", "--mount", "--pid", "--root",
             f"--setuid={self.user}", f"--setgid={self.user}", *command],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.returncode, done.stdout

    def stop(self):
        """Ends it as an engine does: its signal to the first process. Gives back the exit status."""
        subprocess.run(["kill", f"-{self.config.get('StopSignal') or 'TERM'}", str(self.pid)], check=True)
        try:
            return self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            raise
