# SPDX-License-Identifier: Apache-2.0
"""Runs the program that is tested, and reads its JSON."""
import json
import subprocess
from dataclasses import dataclass, field

FAULTS = ("critical", "warning")


@dataclass
class Diagnosis:
    verdict: str
    headline: str
    faults: list
    notes: list
    text: str
    pids: dict = field(default_factory=dict)


class Program:
    def __init__(self, command):
        self.command = command

    def run(self, *arguments, limit=90):
        ran = subprocess.run([*self.command, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True,
                             text=True, timeout=limit, check=False)
        try:
            return ran.returncode, json.loads(ran.stdout)
        except json.JSONDecodeError:
            raise RuntimeError(f"{arguments}: exit code {ran.returncode}: {ran.stdout}{ran.stderr}") from None

    def diagnose(self, port, *options):
        _, json_ = self.run("diagnose", port, "--json", *options)
        findings = json_["findings"]
        return Diagnosis(
            json_["verdict"],
            json_["headline"],
            [f["code"] for f in findings if f["severity"] in FAULTS],
            [f["code"] for f in findings if f["severity"] not in FAULTS],
            "\n".join([json_["headline"]] + [f["seen"] + "\n" + f["meaning"] for f in findings]
                      + [a["text"] for f in findings for a in f["advice"]]),
            {code: sorted({pid for f in findings if f["code"] == code for pid in f["pids"]})
             for code in {f["code"] for f in findings}})

    def targets(self, port, *command):
        """Whom a restart would stop; and why it is refused, if it is."""
        _, plan = self.run("restart", port, "--dry-run", "--json", *command)
        refusal = plan.get("obstacle")
        return sorted(target["pid"] for target in plan.get("targets", [])), refusal

    def launch(self, port, *options):
        """The process that a restart without a command would start again as it is; or why it would not."""
        _, plan = self.run("restart", port, "--dry-run", "--json", *options)
        refusal = plan.get("obstacle")
        return (None, refusal["message"]) if refusal else (plan["launch"]["process"]["pid"], "")

    def restart(self, port, *command):
        return self.run("restart", port, "--yes", "--json", *command)
