# SPDX-License-Identifier: Apache-2.0
"""Makes processes and gives their PIDs away again, as told line by line.

victim PORT   a process that listens; answers its PID
swap PORT     ends the victim, and forks until another process has its PID, which listens too;
              answers how many it took
bystander     ends that other process, and answers how it took it: "unharmed", or by what it ended
"""
import os
import signal
import socket
import sys
import time

# So that PID and start time, which the kernel counts in 10 ms, are never both the same.
SHORTEST_LIFE_SECONDS = 0.02


def listen(port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen()
    return listener


def listening_child(port, report):
    """Listens until it is ended; never returns."""
    listener = listen(port)
    os.write(report, b"!")
    while True:
        signal.pause()


def fork_listener(port):
    ready, report = os.pipe()
    pid = os.fork()
    if pid == 0:
        listening_child(port, report)
    os.close(report)
    assert os.read(ready, 1) == b"!"
    os.close(ready)
    return pid


def fork_until(wanted, port):
    """Forks until a child has this PID; that one listens, the others end at once."""
    count = 0
    while True:
        count += 1
        ready, report = os.pipe()
        pid = os.fork()
        if pid == 0:
            if os.getpid() != wanted:
                os._exit(0)
            listening_child(port, report)
        os.close(report)
        if pid == wanted:
            assert os.read(ready, 1) == b"!"
            os.close(ready)
            return count
        os.close(ready)
        os.waitpid(pid, 0)


def use_up(pids):
    """Forks until the kernel has given out this many: it never gives the first 300 again."""
    pid = 0
    while pid < pids:
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)


use_up(300)
victim = 0
for line in sys.stdin:
    words = line.split()
    if words[0] == "victim":
        victim = fork_listener(int(words[1]))
        time.sleep(SHORTEST_LIFE_SECONDS)
        answer = victim
    elif words[0] == "swap":
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(victim, 0)
        answer = fork_until(victim, int(words[1]))
    else:
        os.kill(victim, signal.SIGUSR1)
        _, status = os.waitpid(victim, 0)
        ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else -1
        answer = "unharmed" if ended == signal.SIGUSR1 else "ended by signal %d" % ended
    print(answer, flush=True)
