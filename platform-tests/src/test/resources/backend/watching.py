# SPDX-License-Identifier: Apache-2.0
"""Runs a command that watches on a terminal of 80 columns, as a person would: a server begins to
listen, connections come and go too quickly for a look, a filter is typed, the terminal becomes
narrow, and Ctrl-C ends it.

usage: watching.py COMMAND..., which gets the port of the server as its last argument

Prints what the command sent before and after the terminal became narrow, its exit code, and
whether the terminal is set as before."""

import fcntl
import os
import pty
import select
import signal
import socket
import struct
import sys
import termios
import time

with socket.create_server(("127.0.0.1", 0)) as probe:
    port = str(probe.getsockname()[1])
pid, terminal = pty.fork()
if pid == 0:
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.environ["TERM"] = "xterm-256color"
    os.environ.pop("NO_COLOR", None)
    # The size is there before the command asks for it.
    time.sleep(0.2)
    os.execvp(sys.argv[1], sys.argv[1:] + [port])

sent = b""


def size(columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def read():
    global sent
    if not select.select([terminal], [], [], 0.05)[0]:
        return True
    try:
        more = os.read(terminal, 65536)
    except OSError:
        return False
    sent += more
    return bool(more)


def wait(text, begin=0):
    end = time.monotonic() + 30
    while text not in sent[begin:]:
        if time.monotonic() > end or not read():
            sys.exit("not shown: %r; but %r" % (text, sent))


size(80)
before = termios.tcgetattr(terminal)
wait(b"q quit")
server = socket.create_server(("127.0.0.1", int(port)), backlog=5)
wait(b"python3(")
end = time.monotonic() + 30
while b"came and went between looks" not in sent and time.monotonic() < end and read():
    client = socket.create_connection(server.getsockname())
    accepted = server.accept()[0]
    client.close()
    accepted.close()
wait(b"CLOSED")
os.write(terminal, b"/")
wait(b"Filter: ")
typed = len(sent)
os.write(terminal, b"listen\r")
wait(b"q quit", typed)
narrow = len(sent)
size(40)
wait(b"\x1b[2J", narrow)
wait(b"python3(", narrow)
os.write(terminal, b"\x03")
while read():
    pass
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
same = termios.tcgetattr(terminal) == before
for name, value in {
    "code": code,
    "same": same,
    "port": port,
    "wide": sent[:narrow].decode(errors="replace").encode("unicode_escape").decode(),
    "narrow": sent[narrow:].decode(errors="replace").encode("unicode_escape").decode(),
}.items():
    print(name + "=" + str(value))
