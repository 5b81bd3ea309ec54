# SPDX-License-Identifier: Apache-2.0
"""Servers of Python, PHP and Ruby."""
from server import TITLE, Hang, Server, ask, silent, stop, stopped
from servers.proxies import INDEX

WSGI = """
import time
def application(environ, start_response):
    if environ["PATH_INFO"] == "/hang":
        while True:
            time.sleep(3600)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
"""

ASGI = """
import time
async def application(scope, receive, send):
    if scope["type"] != "http":
        raise ValueError(scope["type"])
    if scope["path"] == "/hang":
        time.sleep(10 ** 6)  # the mistake: it blocks the loop of events
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})
"""

FLASK = """
from flask import Flask
app = Flask(__name__)
@app.route("/")
def index():
    return "ok"
"""

DJANGO = """
import sys, time
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
settings.configure(DEBUG=True, SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
def index(request):
    return HttpResponse("ok")
def hang(request):
    time.sleep(10 ** 6)
urlpatterns = [path("", index), path("hang", hang)]
if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""

RACK = """
run(lambda do |env|
  sleep if env["PATH_INFO"] == "/hang"
  [200, {"content-length" => "2"}, ["ok"]]
end)
"""

ALL = [
    Server(
        "python-http.server", ["python3", "--version"],
        ["python3", "-m", "http.server", "{port}", "--bind", "127.0.0.1"],
        Hang("stopped", stop(), "HANGING", ("PROCESS_STOPPED",), pids=stopped), quick=True),
    Server(
        "gunicorn", ["gunicorn", "--version"],
        ["gunicorn", "--workers", "2", "--timeout", "0", "--bind", "127.0.0.1:{port}", "app:application"],
        Hang("2 handlers that sleep, 2 workers", ask(2), "HANGING", ("NOT_ACCEPTING",)),
        packages=("gunicorn",), files={"app.py": WSGI}, quick=True),
    Server(
        "uvicorn", ["uvicorn", "--version"],
        ["uvicorn", "--port", "{port}", "app:application"],
        Hang("a handler that blocks the loop of events", ask(1), "HANGING", ("NOT_ACCEPTING",)),
        packages=("uvicorn",), files={"app.py": ASGI}),
    Server(
        "flask", ["flask", "--version"], ["flask", "--app", "app", "run", "--without-threads", "--port", "{port}"],
        Hang("1 silent client, no threads", silent(1), "HANGING", ("NOT_ACCEPTING",)),
        packages=("python3-flask",), files={"app.py": FLASK}),
    Server(
        "django", ["/usr/bin/python3", "-c", "import django; print(django.__version__)"],
        ["/usr/bin/python3", "manage.py", "runserver", "--nothreading", "127.0.0.1:{port}"],
        Hang("a handler that sleeps, no threads", ask(1), "HANGING", ("NOT_ACCEPTING",)),
        packages=("python3-django",), files={"manage.py": DJANGO}),
    Server(
        "uwsgi", ["uwsgi", "--version"],
        ["uwsgi", "--plugin", "python3", "--http-socket", "127.0.0.1:{port}", "--processes", "2", "--master",
         "--wsgi-file", "{dir}/app.py", "--die-on-term"],
        Hang("2 handlers that sleep, 2 workers", ask(2), "HANGING", ("NOT_ACCEPTING",)),
        packages=("uwsgi-core", "uwsgi-plugin-python3"), files={"app.py": WSGI}),
    Server(
        "php-S", ["php", "--version"], ["php", "-S", "127.0.0.1:{port}", "index.php"],
        Hang("a script that sleeps", ask(1), "HANGING", ("NOT_ACCEPTING",)),
        packages=("php-cli",), files={"index.php": INDEX}),
    Server(
        "puma", ["puma", "--version"],
        ["puma", "--threads", "20:20", "--bind", "tcp://127.0.0.1:{port}", "{dir}/config.ru"],
        Hang("20 handlers that sleep, 20 threads", ask(20), "HANGING"),
        packages=("puma",), files={"config.ru": RACK}, refused=TITLE),
]
