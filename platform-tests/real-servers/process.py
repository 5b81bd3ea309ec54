# SPDX-License-Identifier: Apache-2.0
"""The processes that this program has started: who they are, and how they are ended."""
import ctypes
import os
import signal
import threading
import time

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def adopt_orphans():
    """From now on every process that was started below this one stays below it, daemons too."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def stat(pid):
    """The fields of /proc/PID/stat after the name; None if there is no such process."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return None


def name(pid):
    try:
        with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as file:
            return file.read().strip()
    except OSError:
        return "?"


def alive(pid):
    fields = stat(pid)
    return fields is not None and fields[0] != "Z"


def below(root):
    """All processes that descend from one, without it; zombies do not count."""
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        fields = stat(entry)
        if fields and fields[0] != "Z":
            parents.setdefault(int(fields[1]), []).append(int(entry))
    found, todo = [], [root]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return sorted(found)


def tree(root):
    return [root, *below(root)] if alive(root) else below(root)


def surroundings(pid):
    """How a process runs: its program and arguments, directory, variables, users, limits, and where it writes to."""
    def read(name):
        with open(f"/proc/{pid}/{name}", encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    status = [line for line in read("status").splitlines()
              if line.split(":")[0] in ("Umask", "Uid", "Gid", "Groups", "NoNewPrivs", "CapEff")]
    links = {link: os.readlink(f"/proc/{pid}/{link}") for link in ("exe", "cwd", "fd/1", "fd/2")}
    return {"arguments": read("cmdline").split("\0")[1:], "environment": sorted(read("environ").split("\0")),
            "status": status, "limits": read("limits"), **links}


def signal_all(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def reaping(pid):
    """Takes note of the end of a child at once, as a shell does; else it would stay a zombie."""
    threading.Thread(target=_wait, args=(pid,), daemon=True).start()


def _wait(pid):
    try:
        os.waitpid(pid, 0)
    except ChildProcessError:
        pass


def reap():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def end_everything(spared=(), limit=15):
    """Kills all that was started below this process; a server's children become ours and are found too."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        reap()
        left = [pid for pid in below(os.getpid()) if pid not in spared]
        if not left:
            return
        signal_all(left, signal.SIGKILL)
        time.sleep(0.05)
    raise RuntimeError(f"still running: {left}")


def until(condition, limit, what):
    """Waits until it is so, for so many seconds at most; what it returned."""
    end = time.monotonic() + limit
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {limit} s")
        time.sleep(0.05)
