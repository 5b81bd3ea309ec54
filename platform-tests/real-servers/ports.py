# SPDX-License-Identifier: Apache-2.0
"""Free ports, below those that the kernel gives to outgoing connections."""
import random
import socket

_given = set()


def free():
    while True:
        port = random.randrange(20100, 29900)
        if port in _given:
            continue
        try:
            with socket.socket(socket.AF_INET6) as test:
                test.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
                test.bind(("::", port))
        except OSError:
            continue
        _given.add(port)
        return port


def answers(port, host="127.0.0.1"):
    """Whether a connection is accepted there, by the kernel at least."""
    try:
        socket.create_connection((host, port), 1).close()
        return True
    except OSError:
        return False
