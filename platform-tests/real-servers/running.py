# SPDX-License-Identifier: Apache-2.0
"""One real server that runs, the clients it has, and what runs beside it."""
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile

import ports
import process

HERE = os.path.dirname(os.path.abspath(__file__))


class Running:
    def __init__(self, server, tools):
        self.server = server
        self.tools = tools
        self.folder = tempfile.mkdtemp(prefix="real-server-")
        os.chmod(self.folder, 0o755)
        # Of the user who tests: a program does not write where another user could put a link.
        self.logs = tempfile.mkdtemp(prefix="real-server-logs-")
        self.port, self.other = ports.free(), ports.free()
        self.stopped = []
        self.clients = []
        self.beside = []
        self.root = 0
        for name, text in server.files.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(self._fill(text))
        if server.user:
            account = pwd.getpwnam(server.user)
            for root, folders, files in os.walk(self.folder):
                for entry in [root, *(os.path.join(root, name) for name in folders + files)]:
                    os.chown(entry, account.pw_uid, account.pw_gid)

    def _fill(self, text):
        for word, value in (("{port}", self.port), ("{other}", self.other), ("{dir}", self.folder),
                            ("{tools}", self.tools)):
            text = text.replace(word, str(value))
        return text

    def command(self):
        words = [self._fill(word) for word in self.server.command]
        user = self.server.user
        return ["setpriv", "--reuid", user, "--regid", user, "--init-groups", *words] if user else words

    def environment(self):
        return {**os.environ, **{k: self._fill(v) for k, v in self.server.environment.items()}}

    def _spawn(self, command, output):
        with open(os.path.join(self.folder, output), "ab") as log:
            return subprocess.Popen([self._fill(word) for word in command], stdin=subprocess.DEVNULL, stdout=log,
                                    stderr=log, cwd=self.folder, env=self.environment(), start_new_session=True)

    def start(self):
        for command in self.server.before:
            subprocess.run([self._fill(word) for word in command], check=True, capture_output=True, cwd=self.folder,
                           env=self.environment(), user=self.server.user or None, timeout=60)
        for number, command in enumerate(self.server.beside):
            self.beside.append(self._spawn(command, f"beside-{number}.log"))
        self.root = self._spawn(self.command(), "server.log").pid
        process.reaping(self.root)
        self.wait()

    def wait(self):
        try:
            process.until(lambda: ports.answers(self.port), 60, self.server.name + " listens")
            if self.server.beside:
                process.until(lambda: ports.answers(self.other), 30, "what is behind " + self.server.name + " listens")
        except TimeoutError as e:
            raise RuntimeError(f"{e}; it said: {self.log()}") from None

    def log(self):
        with open(os.path.join(self.folder, "server.log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-2000:]

    def tree(self):
        return process.tree(self.root)

    def beside_pids(self):
        return [pid for it in self.beside for pid in process.tree(it.pid)]

    def freeze(self, pids):
        process.signal_all(pids, signal.SIGSTOP)

    def connect(self, count, interval, request):
        client = subprocess.Popen([sys.executable, "-B", os.path.join(HERE, "clients.py"), str(self.port), str(count),
                                   str(interval), request], stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.clients.append(client)
        client.stdout.readline()
        return client

    def disconnect(self):
        """The clients go; whether all of them were still there."""
        there = all(client.poll() is None for client in self.clients)
        for client in self.clients:
            client.kill()
            client.wait()
            client.stdout.close()
        self.clients = []
        return there

    def close(self):
        try:
            self.disconnect()
        finally:
            process.end_everything()
            for it in self.beside:
                it.poll()
            shutil.rmtree(self.folder, ignore_errors=True)
            shutil.rmtree(self.logs, ignore_errors=True)
