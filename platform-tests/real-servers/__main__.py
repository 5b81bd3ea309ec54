# SPDX-License-Identifier: Apache-2.0
import argparse
import os
import shlex
import signal
import sys
import time

import install
import process
import table
from program import Program
from servers import ALL
from trial import Row, Trial

HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    parser = argparse.ArgumentParser(prog="real-servers.sh")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--program", default=os.path.join(HERE, "..", "..", "tcptable"))
    parser.add_argument("--markdown")
    return parser.parse_args()


def main():
    given = arguments()
    only = [name for name in given.only.split(",") if name]
    servers = [s for s in ALL if (not only or s.name in only) and (s.quick or not given.quick)]
    if given.list:
        print("\n".join(server.name for server in servers))
        return 0
    unknown = set(only) - {server.name for server in ALL}
    if unknown or not servers:
        print(f"real-servers: no such server: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    tools = install.tools_folder()
    if given.install:
        install.install(servers, tools)
    process.adopt_orphans()
    # Then a trial is left as at its end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    program = Program(shlex.split(given.program))
    rows = []
    for server in servers:
        began = time.monotonic()
        missing = install.lacking(server, tools)
        if missing:
            row = Row(server, left_out="no " + ", ".join(missing))
        else:
            row = Trial(server, program, tools, given.quick).run()
            row.version = install.version(server)
        rows.append(row)
        outcome = f"left out: {row.left_out}" if row.left_out else "NOT as expected" if row.wrong else "as expected"
        print(f"real-servers: {server.name}: {outcome} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
        print("".join(f"  {what}\n" for what in row.wrong), end="", file=sys.stderr, flush=True)
    taken = f"Taken on {time.strftime('%Y-%m-%d', time.gmtime())} with Linux {os.uname().release}."
    text = table.markdown(rows, taken)
    print(text, end="")
    if given.markdown:
        with open(given.markdown, "w", encoding="utf-8") as file:
            file.write(text)
    # The last line is for machines too.
    passed = sum(not row.wrong and not row.left_out for row in rows)
    failed = sum(bool(row.wrong) for row in rows)
    print(f"{passed} passed, {failed} failed, {sum(bool(row.left_out) for row in rows)} skipped", file=sys.stderr)
    return 1 if failed else 0


sys.exit(main())
