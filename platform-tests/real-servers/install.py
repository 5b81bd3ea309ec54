# SPDX-License-Identifier: Apache-2.0
"""Which of the servers are here, and how the others come here."""
import os
import re
import shutil
import subprocess

POLICY = "/usr/sbin/policy-rc.d"  # Debian Policy 9.3.3.1: whether services may be started


def tools_folder():
    return os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "tcptable-real-servers")


def _has_package(name):
    ran = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", name], capture_output=True, text=True,
                         check=False)
    return ran.stdout == "installed"


def _has_module(name, tools):
    return os.path.isdir(os.path.join(tools, "node_modules", name.rpartition("@")[0]))


def _has_jar(name, tools):
    _, artifact, version = name.split(":")
    return os.path.exists(os.path.join(tools, "jars", f"{artifact}-{version}.jar"))


def lacking(server, tools):
    """What a server needs and this machine has not."""
    missing = [p for p in server.packages if not _has_package(p)]
    missing += [m for m in server.npm if not _has_module(m, tools)]
    missing += [j for j in server.jars if not _has_jar(j, tools)]
    if shutil.which(server.version[0]) is None:
        missing.append(server.version[0])
    if server.user and os.geteuid():
        missing.append("root")
    return missing


def install(servers, tools):
    """Installs what is lacking, without starting any service; says what could not be had."""
    os.makedirs(tools, exist_ok=True)
    lacking_packages = sorted({p for s in servers for p in s.packages if not _has_package(p)})
    if lacking_packages and shutil.which("apt-get"):
        _without_services(lacking_packages)
    modules = sorted({m for s in servers for m in s.npm if not _has_module(m, tools)})
    if modules and shutil.which("npm"):
        _run(["npm", "install", "--prefix", tools, "--no-audit", "--no-fund", "--no-save", *modules])
    for jar in sorted({j for s in servers for j in s.jars if not _has_jar(j, tools)}):
        if shutil.which("mvn"):
            _run(["mvn", "-B", "-q", "-ntp", "dependency:copy", f"-Dartifact={jar}",
                  f"-DoutputDirectory={tools}/jars"])


def _without_services(packages):
    made = not os.path.exists(POLICY)
    if made:
        with open(POLICY, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\nexit 101\n")
        os.chmod(POLICY, 0o755)
    try:
        _run(["apt-get", "update", "-qq"])
        for package in packages:
            _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
                 DEBIAN_FRONTEND="noninteractive")
    finally:
        if made:
            os.unlink(POLICY)


def _run(command, **environment):
    ran = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=False)
    if ran.returncode:
        print(f"real-servers: failed: {' '.join(command)}", flush=True)


def version(server):
    ran = subprocess.run([word.replace("{tools}", tools_folder()) for word in server.version], capture_output=True,
                         text=True, check=False, timeout=30)
    found = re.search(r"\d+(\.\d+)+", ran.stdout + ran.stderr)
    return found.group() if found else ""
