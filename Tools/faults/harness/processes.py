"""What /proc says about the service's processes."""

import os
import pathlib


def of(mark):
    """The processes that have `mark` (name, value) in their environment, by id; none that have ended."""
    wanted = "=".join(mark).encode()
    return [pid for pid in everything() if wanted in environment(pid)]


def everything():
    return [int(entry.name) for entry in pathlib.Path("/proc").iterdir() if entry.name.isdigit()]


def environment(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def status_bytes(pid, name):
    """VmRSS, VmHWM, RssAnon, in bytes; 0 where the process is gone."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":")), 0)
    except OSError:
        return 0


def resident_bytes(pids):
    return sum(status_bytes(pid, "VmRSS") for pid in pids)


def command_line(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def end(pid, signal):
    """Signals a process that may be gone already."""
    try:
        os.kill(pid, signal)
        return True
    except ProcessLookupError:
        return False
