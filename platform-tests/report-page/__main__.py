# SPDX-License-Identifier: Apache-2.0
"""See report-page.sh."""
import argparse
import html
import json
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).parent
WIDTHS = (400, 1200)
SCHEMES = {"light": "1", "dark": "0"}
HOSTILE = "<img src=x onerror=document.title='alive'>"

# The page in a frame of the width that is asked for: a window of Chromium is never narrower than 500 pixels.
WRAPPER = """<!DOCTYPE html><meta charset="utf-8"><style>body{margin:0}iframe{border:0;display:block}</style>
<iframe id="frame" width="WIDTH" height="800" srcdoc="PAGE"></iframe><pre id="result"></pre><script>
document.getElementById('frame').onload = event => {
  const page = event.target.contentDocument, root = page.documentElement;
  const wide = [...page.body.querySelectorAll('*')].filter(it => !it.closest('.wide table, svg'))
    .filter(it => it.getBoundingClientRect().right > root.clientWidth + 0.5).map(it => it.outerHTML.slice(0, 80));
  const cut = [...page.querySelectorAll('.wide')].filter(it => it.scrollWidth > it.clientWidth).length;
  event.target.height = root.scrollHeight;
  document.getElementById('result').textContent = JSON.stringify({scroll: root.scrollWidth, client: root.clientWidth,
    height: root.scrollHeight, wide, cut, images: page.images.length, title: page.title,
    page: getComputedStyle(root).backgroundColor});
};</script>"""


def client(port, patience):
    try:
        with socket.create_connection(("127.0.0.1", port), 3) as connection:
            connection.settimeout(patience)
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.recv(4096)
    except OSError:
        pass  # The server hangs: that is what is recorded.


def record(program, folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, str(HERE / "server.py"), str(port), "8", "--password=hunter2", HOSTILE, "x" * 400])
    over = threading.Event()

    def come_and_go():
        number = 0
        while not over.wait(0.2):
            number += 1
            threading.Thread(target=client, args=(port, 1 + number % 4), daemon=True).start()

    threading.Thread(target=come_and_go, daemon=True).start()
    try:
        time.sleep(1)
        recording = folder / "recording.jsonl"
        subprocess.run(program + ["record", str(port), "--for=15s", "--interval=250ms", f"--to={recording}"], check=True)
        subprocess.run(program + ["report", f"--from={recording}", f"--html={folder / 'report.html'}"], check=True)
    finally:
        over.set()
        server.kill()
        server.wait()
    return folder / "report.html"


def chromium(*arguments):
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             f"--user-data-dir={profile}", *arguments],
            check=True, timeout=120, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def look(page, folder, width, scheme):
    wrapper = folder / f"wrapper-{width}.html"
    wrapper.write_text(WRAPPER.replace("WIDTH", str(width)).replace("PAGE", html.escape(page.read_text())))
    colours = f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}"
    dom = chromium(colours, "--window-size=1200,900", "--dump-dom", wrapper.as_uri())
    seen = json.loads(html.unescape(re.search(r'<pre id="result">(.*?)</pre>', dom, re.S).group(1)))
    chromium(colours, f"--window-size={max(width, 500)},{seen['height']}",
             f"--screenshot={folder / f'{width}-{scheme}.png'}", wrapper.as_uri())
    wrapper.unlink()
    faults = []
    if seen["scroll"] > seen["client"] or seen["wide"]:
        faults.append(f"{seen['scroll']} > {seen['client']} pixels: {seen['wide']}")
    if width == max(WIDTHS) and seen["cut"]:
        faults.append(f"{seen['cut']} tables are wider than the page")
    if seen["images"] or seen["title"] == "alive":
        faults.append("markup of the command line came alive")
    print(f"{width} {scheme}: {seen['scroll']} of {seen['client']} pixels, {seen['height']} high, on {seen['page']}:",
          "; ".join(faults) or "ok")
    return seen["page"], faults


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", default=str(HERE.parent.parent / "tcptable"))
    options.add_argument("--keep", type=pathlib.Path)
    options = options.parse_args()
    if shutil.which("chromium") is None:
        sys.exit("chromium is not installed: report-page.sh --install")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        page = record(options.program.split(), folder)
        faults, grounds = [], {}
        for width in WIDTHS:
            for scheme in SCHEMES:
                grounds[scheme], found = look(page, folder, width, scheme)
                faults += found
        if grounds["light"] == grounds["dark"]:
            faults.append("light and dark are the same")
        chromium("--no-pdf-header-footer", f"--print-to-pdf={folder / 'report.pdf'}", page.as_uri())
        if (folder / "report.pdf").stat().st_size < 10_000:
            faults.append("the print is empty")
        if "hunter2" in page.read_text():
            faults.append("a secret is on the page")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
