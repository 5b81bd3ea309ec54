"""A small HTTP server with /health, and ways to make it hard to restart.

server.py PORT [--host=H] [--reuse-port] [--ignore-term] [--workers=N] [--drop-to=UID]
          [--reload] [--fork-for-ever] [--slow=SECONDS] [--listen-after=SECONDS] [--exit=CODE] [--leak]

Prints "ready" when it listens.
"""
import os
import signal
import socket
import subprocess
import sys
import time

HEALTHY = b'{"status": "healthy"}'
LONGEST_LIFE_SECONDS = 120


def option(name, default=None):
    for word in sys.argv[2:]:
        if word == "--" + name:
            return True
        if word.startswith("--" + name + "="):
            return word.split("=", 1)[1]
    return default


def answer(connection, status, body):
    head = "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body))
    connection.sendall(head.encode() + body)


def serve(listener, healthy_from):
    leaked = []
    while True:
        connection, _ = listener.accept()
        if option("leak"):
            leaked.append(connection)
            continue
        try:
            request = connection.recv(4096)
            if not request.startswith(b"GET /health"):
                answer(connection, "404 Not Found", b"")
            elif time.monotonic() < healthy_from:
                answer(connection, "503 Service Unavailable", b'{"status": "starting"}')
            else:
                answer(connection, "200 OK", HEALTHY)
        except OSError:
            pass
        finally:
            connection.close()


def reload_for_ever():
    """Runs this very script again whenever it ends, as a development server does."""
    words = [word for word in sys.argv if word != "--reload"]
    child = None

    def end(*_):
        if child is not None:
            child.terminate()
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    while True:
        child = subprocess.Popen([sys.executable] + words)
        child.wait()


def fork_for_ever():
    """Leaves the work to a child, and forks another whenever it ends. Returns in the child."""
    while True:
        pid = os.fork()
        if pid == 0:
            signal.alarm(LONGEST_LIFE_SECONDS)
            return
        os.waitpid(pid, 0)


def main():
    port = int(sys.argv[1])
    signal.alarm(LONGEST_LIFE_SECONDS)
    if option("reload"):
        reload_for_ever()
    if option("fork-for-ever"):
        fork_for_ever()
    if option("exit"):
        print("cannot go on: no configuration", flush=True)
        sys.exit(int(option("exit")))
    if option("ignore-term"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    started = time.monotonic()
    time.sleep(float(option("listen-after", 0)))
    host = option("host", "127.0.0.1")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if option("reuse-port"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((host, port))
    listener.listen(128)
    for _ in range(int(option("workers", 0))):
        if os.fork() == 0:
            signal.alarm(LONGEST_LIFE_SECONDS)
            if option("drop-to"):
                os.setuid(int(option("drop-to")))
            serve(listener, started)
    print("ready", flush=True)
    serve(listener, started + float(option("slow", 0)))


main()
