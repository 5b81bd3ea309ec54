# SPDX-License-Identifier: Apache-2.0
"""One server through its situations: idle, with clients, hung, restarted by a command, restarted as it was."""
import os
import time
from dataclasses import dataclass, field

import process
from running import Running

DEADLINE = "2s"

# Seconds between two requests of a client; and of a quick trial, which has fewer clients.
INTERVAL = 4
QUICK = 1


@dataclass
class Row:
    """A line of the table."""
    server: object
    clients: int = 0
    version: str = ""
    processes: str = ""
    idle: str = ""
    busy: str = ""
    hung: str = ""
    stops: str = ""
    restarted: str = ""
    as_it_was: str = ""
    wrong: list = field(default_factory=list)
    left_out: str = ""

    def expect(self, condition, what):
        if not condition:
            self.wrong.append(what)


def _said(diagnosis):
    return diagnosis.verdict + (": " + ", ".join(diagnosis.faults) if diagnosis.faults else "")


def _named(pids):
    names = {}
    for pid in pids:
        names[process.name(pid)] = names.get(process.name(pid), 0) + 1
    return ", ".join(f"{count} {name}" for name, count in sorted(names.items()))


class Trial:
    def __init__(self, server, program, tools, quick):
        self.server = server
        self.quick = quick
        self.clients = min(server.clients, 50) if quick else server.clients
        self.interval = QUICK if quick else INTERVAL
        self.program = program
        self.running = Running(server, tools)
        self.row = Row(server, clients=self.clients)

    def run(self):
        try:
            self.running.start()
            # A master may still be about to start its workers.
            self._settle(self.running.tree)
            self.row.processes = _named(self.running.tree())
            if not self.quick:
                self._idle()
            self._busy()
            self._hung()
            self._restarted()
            if not self.quick:
                self._as_it_was()
        except (RuntimeError, TimeoutError, OSError) as e:
            self.row.wrong.append(str(e))
        finally:
            self.running.close()
        return self.row

    def _settle(self, processes):
        def is_settled():
            before = processes()
            time.sleep(0.5)
            return before and before == processes()
        process.until(is_settled, 20, "the processes of " + self.server.name + " are complete")

    def _diagnose(self):
        return self.program.diagnose(self.running.port, "--deadline", DEADLINE, *self._health())

    def _health(self):
        return [word.replace("{port}", str(self.running.port)) for word in self.server.health]

    def _idle(self):
        found = self._diagnose()
        self.row.idle = _said(found)
        self.row.expect(found.verdict == "HEALTHY", f"idle: {found.text}")

    def _busy(self):
        self.running.connect(self.clients, self.interval, self.server.request)
        found = self._diagnose()
        self.row.busy = _said(found)
        self.row.expect(found.verdict == "HEALTHY", f"with clients: {found.text}")
        self.row.expect(not self._clients() & {pid for pids in found.pids.values() for pid in pids},
                        f"a client is blamed: {found.pids}")
        tree = set(self.running.tree())
        targets, refusal = self.program.targets(self.running.port, *self._restart())
        self.row.stops = f"refused: {refusal}" if refusal else _named(targets)
        self._expect_targets(set(targets), tree, refusal)
        self.row.expect(self.running.disconnect(), "a client has ended")

    def _expect_targets(self, targets, tree, refusal):
        kept = set(self.server.kept(self.running)) if self.server.kept else set()
        self.row.expect(not refusal, f"refused: {refusal}")
        # Some come and go with their clients.
        needed = {pid for pid in tree - kept if process.alive(pid)}
        self.row.expect(needed <= targets <= tree | set(self.running.tree()),
                        f"would stop {_named(targets)} {sorted(targets)} instead of {_named(needed)} {sorted(needed)}")

    def _hung(self):
        hang = self.server.hang
        hang.do(self.running)
        time.sleep(0.5)
        found = self._diagnose()
        self.row.hung = _said(found)
        self.row.expect(found.verdict == hang.verdict, f"hung: {found.text}")
        for code in hang.codes:
            self.row.expect(code in found.faults, f"hung: {code} is not found: {found.text}")
        for code in hang.never:
            self.row.expect(code not in found.faults, f"hung: {code} is wrong: {found.text}")
        if hang.pids and hang.codes:
            wanted = sorted(hang.pids(self.running))
            self.row.expect(found.pids.get(hang.codes[0]) == wanted,
                            f"hung: {hang.codes[0]} names {found.pids.get(hang.codes[0])}, not {wanted}")

    def _restart(self):
        options = self._health()
        for name, value in self.server.environment.items():
            options += ["--env", f"{name}={self.running._fill(value)}"]
        return [*options, "--cwd", self.running.folder, "--log", os.path.join(self.running.logs, "again.log"), "--",
                *self.running.command()]

    def _restarted(self):
        """From the hung state, with the clients that made it hang."""
        before = set(self.running.tree())
        kept = set(self.server.kept(self.running)) if self.server.kept else set()
        if self.running.beside:
            # What hangs is not the server itself.
            process.signal_all(self.running.beside_pids(), process.signal.SIGCONT)
        code, _ = self.program.restart(self.running.port, "--grace", "2s", *self._restart())
        process.reap()
        left = {pid for pid in before if process.alive(pid)}
        there = self.running.disconnect()
        self.row.restarted = f"exit {code}" + (f"; left: {_named(left)}" if left else "")
        self.row.expect(code == 0, f"restart ended with {code}: {self._again()}")
        self.row.expect(left <= kept, f"restart left {_named(left)} {sorted(left)}")
        self.row.expect(there, "restart ended a client")
        if not self.quick:
            found = self._diagnose()
            self.row.restarted += ", " + found.verdict
            self.row.expect(found.verdict == "HEALTHY", f"restarted: {found.text}")

    def _as_it_was(self):
        """Without a command: the process that is started again runs as the one before, or all stays as it is."""
        self._settle(lambda: process.below(os.getpid()))
        before = set(process.below(os.getpid()))
        pid, refusal = self.program.launch(self.running.port, *self._health())
        was = process.surroundings(pid) if pid else None
        code, report = self.program.restart(self.running.port, "--grace", "5s", *self._health())
        process.reap()
        if refusal or self.server.refused:
            self.row.as_it_was = "refused: " + refusal.partition(" as it was: ")[2] if refusal else f"exit {code}"
            self.row.expect(self.server.refused and self.server.refused in refusal, f"not refused so: {refusal}")
            self.row.expect(code == 4, f"refused, but ended with {code}")
            self.row.expect(before <= set(process.below(os.getpid())), "refused, but something was stopped")
            return
        self.row.expect(code == 0, f"restart without a command ended with {code}: {report.get('obstacle')}")
        started = report.get("started")
        if code == 0 and started:
            now = process.surroundings(started["pid"])
            changed = [what for what in was if now[what] != was[what]]
            self.row.as_it_was = "other " + ", ".join(changed) if changed else "as it was"
            self.row.expect(not changed, f"changed: {[(was[what], now[what]) for what in changed]}")
            self.row.expect(started["pid"] != pid, "it was not restarted")

    def _again(self):
        try:
            with open(os.path.join(self.running.logs, "again.log"), encoding="utf-8", errors="replace") as file:
                return file.read()[-600:]
        except OSError:
            return "it has written nothing"

    def _clients(self):
        return {client.pid for client in self.running.clients}
