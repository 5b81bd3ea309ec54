#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""start.py ROUNDS NAME=COMMAND...: what commands cost from start to end, in turn, as ratios to the first one.

The least and the median of all rounds; a ratio of medians is the median of each round's own ratio, so that a machine
that is busy for a while slows both alike. Words such as VARIABLE=VALUE before a command are set for it.
"""
import os
import shlex
import statistics
import subprocess
import sys
import time


def once(command):
    words = shlex.split(command)
    environment = dict(os.environ)
    while "=" in words[0]:
        name, value = words.pop(0).split("=", 1)
        environment[name] = value
    begin = time.perf_counter()
    child = subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command}: exit code {os.waitstatus_to_exitcode(status)}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def main():
    rounds = int(sys.argv[1])
    commands = dict(argument.split("=", 1) for argument in sys.argv[2:])
    for command in commands.values():
        once(command)
    results = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            results[name].append(once(command))
    base = next(iter(results.values()))
    print("|  | time, least | median | ratio | CPU, least | median | ratio |\n|---|--:|--:|--:|--:|--:|--:|")
    for name, runs in results.items():
        cells = []
        for kind in (0, 1):
            values = [run[kind] for run in runs]
            ratio = statistics.median(run[kind] / other[kind] for run, other in zip(runs, base))
            cells += [f"{min(values):.0f} ms", f"{statistics.median(values):.0f} ms", f"{ratio:.2f}"]
        print(f"| {name} | {' | '.join(cells)} |")


main()
