# SPDX-License-Identifier: Apache-2.0
"""The situation of the debugging guide on port 3001: an instance that clients have given up on, and
more instances that somebody started on the same port since. Says "ready" and their PIDs, and ends,
with all of them, when its input does."""

import os
import pathlib
import socket
import subprocess
import sys

PORT = 3001
CLIENTS = 40


def instance():
    process = subprocess.Popen(
        ["python3", "backend/run_server.py"],
        cwd=pathlib.Path(__file__).resolve().parent.parent,
        env={**os.environ, "BACKEND_MODE": "several", "BACKEND_UNTIL": str(os.getpid())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    if not process.stdout.readline().startswith(b"ready"):
        sys.exit("guide: an instance did not start")
    return process


instances = [instance()]
for _ in range(CLIENTS):
    with socket.create_connection(("127.0.0.1", PORT)) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
instances += [instance(), instance()]
print("ready", *(i.pid for i in instances), flush=True)
sys.stdin.buffer.read()
