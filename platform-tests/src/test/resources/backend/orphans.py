# SPDX-License-Identifier: Apache-2.0
"""Leaves orphans behind, which end at once, and serves.

orphans.py PORT COUNT

GET /health     tells whose children the orphans became
GET /exit/CODE  ends the server with this exit code
"""
import os
import signal
import socket
import sys
import time

LONGEST_LIFE_SECONDS = 120


def leave_orphan(told):
    child = os.fork()
    if child == 0:
        middle = os.getpid()
        if os.fork() != 0:
            os._exit(0)
        while os.getppid() == middle:
            time.sleep(0.001)
        os.write(told, b"%d " % os.getppid())
        os._exit(3)
    os.waitpid(child, 0)


def leave_orphans(count):
    """How many there were of each parent."""
    reading, told = os.pipe()
    for _ in range(count):
        leave_orphan(told)
    os.close(told)
    with os.fdopen(reading) as pipe:
        parents = pipe.read().split()
    return ", ".join("%d of PID %s" % (parents.count(it), it) for it in sorted(set(parents)))


def main():
    port, count = int(sys.argv[1]), int(sys.argv[2])
    signal.alarm(LONGEST_LIFE_SECONDS)
    orphans = leave_orphans(count)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(128)
    while True:
        connection, _ = listener.accept()
        with connection:
            path = connection.recv(4096).split(b" ")[1]
            if path.startswith(b"/exit/"):
                os._exit(int(path[6:]))
            body = orphans.encode()
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
            connection.sendall(head + body)


main()
