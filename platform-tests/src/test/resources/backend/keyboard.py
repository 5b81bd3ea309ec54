# SPDX-License-Identifier: Apache-2.0
"""Runs a command on a terminal of its own, copies what it shows, and does what standard input says.

usage: keyboard.py COLUMNS COMMAND...

A line of input is "columns N", which makes the terminal so wide, "type TEXT", where the text is in
hexadecimal digits, or "hang up", which closes the terminal. Ends as the command does; the last line
of standard error is "restored" if the terminal is set as it was before."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

ROWS = 24


def size(columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, int(columns), 0, 0))


sized, begin = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    # The size is there before the command asks for it.
    os.close(begin)
    os.read(sized, 1)
    os.close(sized)
    os.execvp(sys.argv[2], sys.argv[2:])

os.close(sized)
size(sys.argv[1])
before = termios.tcgetattr(terminal)
os.close(begin)
sources = [terminal, sys.stdin.fileno()]
asked = b""
attached = True
while attached:
    ready = select.select(sources, [], [])[0]
    if sys.stdin.fileno() in ready:
        more = os.read(sys.stdin.fileno(), 4096)
        if not more:
            sources.remove(sys.stdin.fileno())
        *lines, asked = (asked + more).split(b"\n")
        for verb, value in (line.decode().split() for line in lines):
            if verb == "columns":
                size(value)
            elif verb == "hang":
                attached = False
            else:
                os.write(terminal, bytes.fromhex(value))
    if attached and terminal in ready:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            break
        sys.stdout.buffer.write(shown)
        sys.stdout.flush()
if not attached:
    os.close(terminal)
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
if attached and termios.tcgetattr(terminal) == before:
    sys.stderr.write("restored\n")
sys.exit(status if status >= 0 else 128 - status)
