# SPDX-License-Identifier: Apache-2.0
"""Does what a test tells it.

Reads snippets of Python, each ended by a line "---", and answers each with one line: "ok" and what
the snippet left in the variable "answer", or "failed" and why. Ends, and all its children with it,
when its input ends.
"""
import os
import resource
import struct
import sys
import time
import traceback
from socket import *

INPUT, OUTPUT = sys.stdin, sys.stdout
LONGEST = 60  # Seconds.
ALIVE, HELD = os.pipe()  # Nobody but this process holds the writing end: it closes when it ends.

STATES = {
    1: "ESTABLISHED", 2: "SYN_SENT", 3: "SYN_RECEIVED", 4: "FIN_WAIT_1", 5: "FIN_WAIT_2", 6: "TIME_WAIT",
    7: "CLOSED", 8: "CLOSE_WAIT", 9: "LAST_ACK", 10: "LISTEN", 11: "CLOSING",
}


def listen(address, port, backlog=128, family=AF_INET, **options):
    listener = bound(address, port, family, **options)
    listener.listen(backlog)
    return listener


def bound(address, port, family=AF_INET, **options):
    s = socket(family)
    s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    if "v6only" in options:
        s.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, options["v6only"])
    if options.get("reuseport"):
        s.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
    if "mark" in options:
        s.setsockopt(SOL_SOCKET, SO_MARK, struct.pack("I", options["mark"]))
    if "device" in options:
        s.setsockopt(SOL_SOCKET, SO_BINDTODEVICE, options["device"].encode())
    s.bind((address, port))
    return s


def connect(address, port, family=AF_INET):
    s = socket(family)
    s.settimeout(LONGEST)
    s.connect((address, port))
    return s


def connecting(address, port, family=AF_INET):
    """A connection whose end is not waited for."""
    s = socket(family)
    s.setblocking(False)
    s.connect_ex((address, port))
    return s


def accept(listener):
    listener.settimeout(LONGEST)
    return listener.accept()[0]


def pair(listener):
    """Both ends of a new connection: the one that connected, the one that accepted."""
    client = connect(*listener.getsockname()[:2], listener.family)
    return client, accept(listener)


def state(s):
    return STATES[s.getsockopt(IPPROTO_TCP, TCP_INFO, 1)[0]]


def until(condition):
    deadline = time.monotonic() + LONGEST
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{LONGEST} seconds were not enough")
        time.sleep(0.002)


def fork(work=lambda: None):
    """A child that inherits every socket, has done the work on return, and lives as long as this process."""
    done, doing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(HELD)
        work()
        os.write(doing, b"!")
        os.read(ALIVE, 1)
        os._exit(0)
    os.close(doing)
    if os.read(done, 1) != b"!":
        raise ChildProcessError("the child failed")
    os.close(done)
    return pid


def started(pid):
    """Clock ticks since boot at which a process started: proc_pid_stat(5), field 22."""
    with open(f"/proc/{pid}/stat", "rb") as stat:
        return int(stat.read().rpartition(b")")[2].split()[19])


def main():
    scope = globals()
    snippet = ""
    for line in INPUT:
        if line != "---\n":
            snippet += line
            continue
        scope["answer"] = ""
        try:
            exec(snippet, scope)
            print("ok", scope["answer"], file=OUTPUT, flush=True)
        except Exception:
            print("failed", repr(traceback.format_exc()), file=OUTPUT, flush=True)
        snippet = ""


main()
