# SPDX-License-Identifier: Apache-2.0
"""Answers for some seconds, then accepts some connections and reads nothing. Arguments: port, seconds."""
import socket
import sys
import time

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(sys.argv[1])))
listener.listen(16)
hangs_at = time.monotonic() + float(sys.argv[2])
held = []
while True:
    if len(held) == 12:
        time.sleep(1)
        continue
    connection, _ = listener.accept()
    if time.monotonic() < hangs_at:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        connection.close()
    else:
        held.append(connection)
