# SPDX-License-Identifier: Apache-2.0
"""Makes network namespaces as containers have them: namespaces.py COUNT SOCKETS, until its input ends.

Each has a process of its own with so many listeners, and a name of ip netns. Run it where /run/netns
is its own.
"""
import ctypes
import os
import socket
import subprocess
import sys

CLONE_NEWNET = 0x40000000
MS_BIND = 0x1000
LIBC = ctypes.CDLL(None, use_errno=True)
ALIVE, HELD = os.pipe()


def container(number, sockets):
    os.close(HELD)
    if LIBC.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    name = "/run/netns/n%d" % number
    open(name, "w").close()
    if LIBC.mount(b"/proc/self/ns/net", name.encode(), None, MS_BIND, None) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    held = []
    for port in range(8000, 8000 + sockets):
        held.append(socket.create_server(("127.0.0.1", port)))
    os.write(1, b"!")
    os.read(ALIVE, 1)
    os._exit(0)


def main():
    for number in range(int(sys.argv[1])):
        if os.fork() == 0:
            container(number, int(sys.argv[2]))
    sys.stdin.read()


main()
