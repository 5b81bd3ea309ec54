# SPDX-License-Identifier: Apache-2.0
"""A small backend with /health, and every way to break it that the diagnosis must tell apart.

usage: backend.py PORT MODE [ARGUMENT]

Says "ready PID..." on standard output once the port is as the mode wants it, and ends when its
standard input does, so that nothing outlives the test that started it; or, for one that a restart
starts without any input, when the process ends whose PID is in BACKEND_UNTIL."""

import http.server
import os
import resource
import signal
import socket
import sys
import tempfile
import threading
import time

HEALTHY = b'{"status": "healthy"}'


class Health(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    status = 200
    body = HEALTHY

    def do_GET(self):
        if self.path != "/health":
            self.send_error(404)
            return
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, form, *arguments):
        sys.stderr.write("backend: " + form % arguments + "\n")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def listener(port, reuse=False, backlog=128, host="127.0.0.1"):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    s = socket.socket(family, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if reuse:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    host, _, device = host.partition("%")
    if device:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode() + b"\0")
    s.bind((host, port))
    s.listen(backlog)
    return s


def serve(s, handler=Health):
    server = Server(s.getsockname(), handler, bind_and_activate=False)
    server.socket.close()
    server.socket = s
    threading.Thread(target=server.serve_forever, daemon=True).start()


def keep_what_comes(s):
    """Accepts, and neither reads, answers nor closes: what the client closes stays in CLOSE_WAIT."""
    kept = []

    def accept():
        while True:
            kept.append(s.accept()[0])

    threading.Thread(target=accept, daemon=True).start()


def ready(*pids):
    print("ready", *(pids or (os.getpid(),)), flush=True)


def until_input_ends():
    watched = os.environ.get("BACKEND_UNTIL")
    while watched and os.path.exists("/proc/" + watched):
        time.sleep(0.2)
    while not watched and sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def healthy(port, host):
    serve(listener(port, host=host or "127.0.0.1"))
    ready()
    until_input_ends()


def several(port, _):
    """One of several instances that share the port by SO_REUSEPORT; stuck like the others."""
    keep_what_comes(listener(port, reuse=True, host="0.0.0.0"))
    ready()
    until_input_ends()


def leak(port, _):
    keep_what_comes(listener(port))
    ready()
    until_input_ends()


def hung(port, backlog):
    """Its only thread never accepts: the accept queue fills."""
    s = listener(port, backlog=int(backlog or 4))
    ready()
    until_input_ends()
    s.close()


def prefork(port, workers):
    s = listener(port)
    pids = []
    for _ in range(int(workers or 3)):
        pid = os.fork()
        if pid == 0:
            end_with_parent()
            serve(s)
            signal.pause()
        pids.append(pid)
    ready(os.getpid(), *pids)
    until_input_ends()


def reloader(port, _):
    """A parent that starts its worker again whenever it dies; the parent itself holds no socket."""
    threading.Thread(target=until_input_ends, daemon=True).start()
    first = True
    while True:
        out, inp = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(out)
            end_with_parent()
            serve(listener(port))
            os.write(inp, b"1")
            signal.pause()
        os.close(inp)
        os.read(out, 1)
        os.close(out)
        if first:
            ready(os.getpid(), pid)
            first = False
        os.waitpid(pid, 0)


def orphan(port, _):
    """The server listens, leaves the socket to a child that does not even know, and dies."""
    server = os.fork()
    if server == 0:
        s = listener(port)
        if os.fork() == 0:
            os.setsid()
            ready()
            until_input_ends()
        os._exit(0)
    os.waitpid(server, 0)
    until_input_ends()


def stubborn(port, _):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    healthy(port, _)


def reluctant(port, _):
    """Says that it was asked to end, and does not."""
    signal.signal(signal.SIGTERM, lambda *_: print("asked", flush=True))
    serve(listener(port))
    ready()
    threading.Thread(target=until_input_ends, daemon=True).start()
    while True:
        signal.pause()


def drops(port, user, opened=False):
    """A master of root's and workers that gave up root's rights. The kernel lets nobody but root
    look into these, unless they open themselves to their own user."""
    import ctypes

    pr_set_dumpable = 4
    s = listener(port)
    pids = []
    for _ in range(2):
        out, inp = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.setgroups([])
            os.setgid(int(user))
            os.setuid(int(user))
            if opened:
                ctypes.CDLL(None).prctl(pr_set_dumpable, 1)
            end_with_parent()
            serve(s)
            os.write(inp, b"1")
            signal.pause()
        os.close(inp)
        os.read(out, 1)
        pids.append(pid)
    ready(os.getpid(), *pids)
    until_input_ends()


def drops_open(port, user):
    drops(port, user, opened=True)


def dies(port, code):
    print("cannot reach the database", file=sys.stderr, flush=True)
    sys.exit(int(code or 7))


def slow(port, requests):
    """Listens at once and is healthy only after so many requests."""
    starting = iter(range(int(requests or 3)))

    class Starting(Health):
        def do_GET(self):
            late = next(starting, None) is None
            self.status = 200 if late else 503
            self.body = HEALTHY if late else b'{"status": "starting"}'
            super().do_GET()

    serve(listener(port), Starting)
    ready()
    until_input_ends()


def wrong_status(port, status):
    class Wrong(Health):
        pass

    Wrong.status = int(status or 500)
    serve(listener(port), Wrong)
    ready()
    until_input_ends()


def wrong_body(port, _):
    class Wrong(Health):
        body = b'{"status": "degraded"}'

    serve(listener(port), Wrong)
    ready()
    until_input_ends()


def stream(port, _):
    """Healthy, and on any other page sends without end to whoever asks, waiting for slow readers."""

    class Stream(Health):
        def do_GET(self):
            if self.path == "/health":
                super().do_GET()
                return
            while True:
                self.wfile.write(bytes(65536))

    serve(listener(port), Stream)
    ready()
    until_input_ends()


def keep_answered(port, answer):
    """Answers one client after the other, and keeps every connection."""
    s = listener(port)
    kept = []

    def serve_all():
        while True:
            c = s.accept()[0]
            c.recv(65536)
            answer(c)
            kept.append(c)

    threading.Thread(target=serve_all, daemon=True).start()
    ready()
    until_input_ends()


def half_close(port, _):
    """Healthy, but says goodbye to each client without ever closing the connection."""

    def answer(c):
        c.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + HEALTHY)
        c.shutdown(socket.SHUT_WR)

    keep_answered(port, answer)


def answer_and_leak(port, _):
    """Healthy, but never closes a connection that its client has closed."""
    keep_answered(
        port,
        lambda c: c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n" + HEALTHY),
    )


def blocked(port, _):
    """Its only thread waits inside the kernel, as for a disk: for a child to get its program, which
    first opens a pipe that nobody writes to. So it ends by being killed: by a child of its own."""
    with tempfile.TemporaryDirectory() as folder:
        pipe = os.path.join(folder, "pipe")
        os.mkfifo(pipe)
        s = listener(port)
        if os.fork() == 0:
            s.close()
            until_uninterruptible(os.getppid())
            ready(os.getppid())
            while sys.stdin.buffer.read(4096):
                pass
            os.close(os.open(pipe, os.O_WRONLY))
            os._exit(0)
        os.posix_spawn("/bin/true", ["true"], {}, file_actions=[(os.POSIX_SPAWN_OPEN, 9, pipe, os.O_RDONLY, 0)])
    s.close()


def until_uninterruptible(pid):
    while True:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            if b") D " in stat.read():
                return
        time.sleep(0.01)


def zombie(port, _):
    """Healthy, though its first thread has ended without the others."""
    serve(listener(port))
    threading.Thread(target=until_input_ends, daemon=True).start()
    ready()
    import ctypes

    exit_of_this_thread = 60 if os.uname().machine == "x86_64" else 93
    ctypes.CDLL(None).syscall(exit_of_this_thread, 0)


def memory(port, group):
    """Healthy, but its control group has hardly any memory left."""
    version1 = os.path.exists(os.path.join(group, "memory.limit_in_bytes"))
    limit, usage = ("limit_in_bytes", "usage_in_bytes") if version1 else ("max", "current")

    def write(name, value):
        with open(os.path.join(group, name), "w") as f:
            f.write(str(value))

    write("cgroup.procs", os.getpid())
    serve(listener(port))
    hoard = b"x" * (64 << 20)
    with open(os.path.join(group, "memory." + usage)) as f:
        write("memory." + limit, int(f.read()) * 100 // 95)
    ready()
    until_input_ends()
    del hoard


def descriptors(port, limit):
    """Out of descriptors: accept fails with EMFILE ever after."""
    s = listener(port, backlog=8)
    most = int(limit or 64)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    hoard = []
    try:
        while True:
            hoard.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        pass

    def accept():
        while True:
            try:
                s.accept()
            except OSError:
                time.sleep(0.01)

    threading.Thread(target=accept, daemon=True).start()
    ready()
    until_input_ends()


def busy(port, _):
    """Healthy with thousands of open connections, each of which it reads and answers."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (20000, 20000))
    s = listener(port, backlog=1024)

    import selectors

    chooser = selectors.DefaultSelector()
    s.setblocking(False)
    chooser.register(s, selectors.EVENT_READ)
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + str(len(HEALTHY)).encode()
        + b"\r\n\r\n"
        + HEALTHY
    )

    def loop():
        while True:
            for key, _ in chooser.select():
                if key.fileobj is s:
                    c, _ = s.accept()
                    c.setblocking(False)
                    chooser.register(c, selectors.EVENT_READ)
                    continue
                request = key.fileobj.recv(65536)
                if request:
                    key.fileobj.sendall(answer)
                else:
                    chooser.unregister(key.fileobj)
                    key.fileobj.close()

    threading.Thread(target=loop, daemon=True).start()
    ready()
    until_input_ends()


def end_with_parent():
    import ctypes

    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


if __name__ == "__main__":
    modes = {
        f.__name__.replace("_", "-"): f
        for f in (
            healthy, several, leak, hung, prefork, reloader, orphan, stubborn, reluctant,
            drops, drops_open, dies, slow, wrong_status, wrong_body, stream, half_close,
            answer_and_leak, blocked, zombie, memory, descriptors, busy,
        )
    }
    modes[sys.argv[2]](int(sys.argv[1]), sys.argv[3] if len(sys.argv) > 3 else None)
