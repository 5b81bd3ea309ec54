# SPDX-License-Identifier: Apache-2.0
"""What a real server is, for this test; and how it hangs."""
from dataclasses import dataclass, field
from typing import Callable, Optional

import process

HTTP = "GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"
# A server that shows a title does not tell how it was started.
TITLE = "it has overwritten its command line"
HANG = "GET /hang HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"


@dataclass
class Hang:
    """How a server is made to hang, and what the diagnosis must say then."""
    how: str
    do: Callable  # (running server) -> None
    verdict: str
    codes: tuple = ()  # all of these must be found
    never: tuple = ()  # none of these may be
    pids: Optional[Callable] = None  # (running server) -> the PIDs that the first code must name


@dataclass
class Server:
    name: str
    version: list  # a command that prints it
    command: list  # {port}, {other} and {dir} are replaced
    hang: Hang
    packages: tuple = ()  # of Debian
    npm: tuple = ()
    jars: tuple = ()  # groupId:artifactId:version
    files: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)
    before: list = field(default_factory=list)  # commands that prepare it
    beside: list = field(default_factory=list)  # commands that run beside it and are not it
    request: str = HTTP
    clients: int = 200
    health: list = field(default_factory=list)  # options; empty: the program's own guess
    user: str = ""  # whom it runs as, if not as the user who tests
    kept: Optional[Callable] = None  # (running server) -> PIDs of its tree that a restart rightly leaves
    refused: str = ""  # why a restart without a command rightly refuses it; empty: it comes back as it was
    quick: bool = False


def stop(*, one=False, of=None):
    """Stops processes of the server: all, or those with children above them, or one of these."""
    def do(running):
        running.stopped = of(running) if of else running.tree()
        if one:
            running.stopped = running.stopped[-1:]
        running.freeze(running.stopped)
    return do


def workers(running):
    return [pid for pid in running.tree() if pid != running.root]


def called(*names):
    """The processes of the server with such a name."""
    return lambda running: [pid for pid in running.tree() if process.name(pid) in names]


def stopped(running):
    return running.stopped


def ask(count):
    """Requests that are never answered."""
    return lambda running: running.connect(count, 0, HANG)


def silent(count):
    """Clients that connect and say nothing."""
    return lambda running: running.connect(count, 0, "")


def freeze_beside(running):
    """The servers behind the proxy."""
    running.freeze(running.beside_pids())
