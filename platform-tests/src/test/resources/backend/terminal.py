# SPDX-License-Identifier: Apache-2.0
"""Runs a command on a terminal of its own, and copies what it shows.

usage: terminal.py KEY FILE TEXT COMMAND...

Once the file has the text, types the key of this code, such as 3 for Ctrl-C, or closes the terminal
if that is "hangup". Ends as the command does."""

import os
import pty
import select
import sys

key, file, text = sys.argv[1:4]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[4], sys.argv[4:])

typed = False
while True:
    if not typed and text in open(file).read():
        typed = True
        if key == "hangup":
            os.close(terminal)
            break
        os.write(terminal, bytes([int(key)]))
    if select.select([terminal], [], [], 0.05)[0]:
        try:
            shown = os.read(terminal, 65536)
        except OSError:
            break
        sys.stdout.buffer.write(shown)
sys.stdout.flush()
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.exit(status if status >= 0 else 128 - status)
