# SPDX-License-Identifier: Apache-2.0
"""Servers that do not speak HTTP."""
import glob

from server import TITLE, Hang, Server, stop, stopped, workers

TCP = ["--health", "tcp://127.0.0.1:{port}"]
POSTGRES = (sorted(glob.glob("/usr/lib/postgresql/*/bin")) or ["/usr/lib/postgresql/bin"])[-1]
POSTGRES_START = "\\x00\\x00\\x00\\x08\\x04\\xd2\\x16\\x2f"  # SSLRequest: the answer is one byte


def _pair(name, version, command, request, **more):
    """With the program's own guess, and with a health check that only connects."""
    hang = Hang("stopped", stop(of=listening), "HANGING", ("PROCESS_STOPPED",), pids=stopped)
    return [
        Server(name, version, command, hang, request=request, **more),
        Server(name + "-tcp", version, command, hang, request=request, health=TCP, **more),
    ]


def listening(running):
    """The others of postgres end with it."""
    return [running.root]


ALL = (
    _pair("redis", ["redis-server", "--version"],
          ["redis-server", "--port", "{port}", "--bind", "127.0.0.1", "--dir", "{dir}", "--save", ""],
          "PING\\r\\n", packages=("redis-server",), refused=TITLE)
    + _pair("memcached", ["memcached", "--version"],
            ["memcached", "-p", "{port}", "-l", "127.0.0.1", "-u", "root"], "version\\r\\n",
            packages=("memcached",))
    + _pair("postgres", [POSTGRES + "/postgres", "--version"],
            [POSTGRES + "/postgres", "-D", "{dir}/data", "-p", "{port}", "-k", "{dir}"], POSTGRES_START,
            packages=("postgresql",), user="postgres", kept=workers,
            before=[[POSTGRES + "/initdb", "-D", "{dir}/data", "--no-sync", "-A", "trust"]])
)
