# SPDX-License-Identifier: Apache-2.0
"""clients.py PORT COUNT INTERVAL REQUEST: so many connections, each of which asks again and again.

A process of its own, as clients are. INTERVAL is in seconds; 0: each connection asks once. An empty REQUEST: silent
clients. Writes a line to its output once all are connected."""
import selectors
import socket
import sys
import time


def connect(port):
    client = socket.create_connection(("127.0.0.1", port), 20)
    client.setblocking(False)
    return client


def main():
    port, count, interval = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    request = sys.argv[4].encode().decode("unicode_escape").encode("latin-1")
    clients = selectors.DefaultSelector()
    due = {}

    def add():
        client = connect(port)
        clients.register(client, selectors.EVENT_READ)
        # Not all at once.
        due[client] = time.monotonic() + interval * len(due) / count

    def lose(client):
        clients.unregister(client)
        client.close()
        del due[client]

    for _ in range(count):
        add()
    print("connected", flush=True)
    while True:
        now = time.monotonic()
        for client in [c for c, when in due.items() if when <= now] if request else []:
            due[client] = now + interval if interval else float("inf")
            try:
                client.send(request)
            except OSError:
                lose(client)
        for key, _ in clients.select(0.05):
            try:
                if not key.fileobj.recv(1 << 16):
                    lose(key.fileobj)
            except OSError:
                lose(key.fileobj)
        while len(due) < count:
            try:
                add()
            except OSError:
                # The server restarts.
                time.sleep(0.2)
                break


main()
