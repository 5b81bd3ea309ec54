# SPDX-License-Identifier: Apache-2.0
"""clients.py PORT COUNT INTERVAL REQUEST: so many clients, each of which asks again and again.

A process of its own, as clients are. Each client connects when it asks for the first time, keeps its connection as long
as the server does, and then connects again when it asks next. INTERVAL is in seconds; 0: each asks once, at once, and
does not come back. An empty REQUEST: the clients connect and are silent. Writes a line once all have begun."""
import selectors
import socket
import sys
import time

PORT, COUNT, INTERVAL = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
REQUEST = sys.argv[4].encode().decode("unicode_escape").encode("latin-1")


class Client:
    def __init__(self, due):
        self.due = due
        self.socket = None

    def ask(self, selector):
        self.due = time.monotonic() + INTERVAL if INTERVAL else float("inf")
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", PORT), 1)
                self.socket.setblocking(False)
                selector.register(self.socket, selectors.EVENT_READ, self)
            self.socket.send(REQUEST)
        except OSError:
            # The server restarts, or hangs.
            self.lose(selector)

    def read(self, selector):
        try:
            if not self.socket.recv(1 << 16):
                self.lose(selector)
        except BlockingIOError:
            pass
        except OSError:
            self.lose(selector)

    def lose(self, selector):
        if self.socket is not None:
            try:
                selector.unregister(self.socket)
            except KeyError:
                pass
            self.socket.close()
            self.socket = None


def main():
    selector = selectors.DefaultSelector()
    start = time.monotonic()
    # Not all at once.
    clients = [Client(start + INTERVAL * number / COUNT) for number in range(COUNT)]
    begun = False
    while True:
        for client in clients:
            if client.due <= time.monotonic():
                client.ask(selector)
        if not begun and time.monotonic() >= start + INTERVAL:
            begun = True
            print("begun", flush=True)
        for key, _ in selector.select(0.05):
            key.data.read(selector)


main()
