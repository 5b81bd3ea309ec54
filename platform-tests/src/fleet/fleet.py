# SPDX-License-Identifier: Apache-2.0
"""Executes docs/FLEET.md: three network namespaces are the machines, and a fourth one has Prometheus.

usage, as root: unshare --net --mount --pid --fork --kill-child --mount-proc python3 fleet.py JAVA JAR DOCS
On a.example a server is healthy, on b.example it leaks connections, on c.example two servers have one port.
Prometheus has the configuration and the rules of DOCS, with shorter times. Ends with 0 if the alerts that are
expected fire, and no other one does.
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

PORT = 3001
MACHINES = {"a.example": "10.99.0.1", "b.example": "10.99.0.2", "c.example": "10.99.0.3"}
PROMETHEUS = "10.99.0.9"
EXPECTED = {("TcpCloseWaitPileup", "b.example"), ("TcpSeveralServers", "c.example")}
LONGEST_SECONDS = 90
SERVER = """
import signal, socket, sys
signal.alarm(120)
leaks = sys.argv[1] == "leaks"
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
listener.bind(("127.0.0.1", %d))
listener.listen(64)
print("ready", flush=True)
kept = []
while True:
    connection, _ = listener.accept()
    if leaks:
        kept.append(connection)
    else:
        connection.close()
""" % PORT
CLIENT = """
import socket
for _ in range(20):
    socket.create_connection(("127.0.0.1", %d)).close()
""" % PORT

children = []


def sh(command):
    subprocess.run(command, shell=True, check=True)


def start(machine, *command, ready=None):
    child = subprocess.Popen(
        ["ip", "netns", "exec", machine, *command], stdout=subprocess.PIPE if ready else None, text=True
    )
    children.append(child)
    while ready:
        line = child.stdout.readline()
        if not line:
            sys.exit("%s ended on %s" % (command, machine))
        if ready in line:
            break


def make_network():
    sh("mount -t tmpfs none /run && mkdir /run/netns && ip link set lo up")
    sh("ip link add br0 type bridge && ip link set br0 up && ip addr add %s/24 dev br0" % PROMETHEUS)
    for number, (machine, address) in enumerate(MACHINES.items()):
        sh("ip netns add %s" % machine)
        sh("ip link add v%d type veth peer name eth0 netns %s" % (number, machine))
        sh("ip link set v%d master br0 up" % number)
        sh("ip -n %s addr add %s/24 dev eth0" % (machine, address))
        sh("ip -n %s link set eth0 up && ip -n %s link set lo up" % (machine, machine))


def start_machines(java, jar):
    for machine, address in MACHINES.items():
        how = "leaks" if machine == "b.example" else "closes"
        start(machine, "python3", "-c", SERVER, how, ready="ready")
        if machine == "c.example":
            start(machine, "python3", "-c", SERVER, how, ready="ready")
        sh("ip netns exec %s python3 -c '%s'" % (machine, CLIENT))
        options = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar".split()
        listen = "--listen %s:9985 --allow-remote" % address
        start(machine, java, *options, jar, "export", "--port", str(PORT), *listen.split(), ready="sees ports")


def start_prometheus(docs, folder):
    """With the files of the page: addresses in place of names, and seconds in place of minutes."""
    config = open(os.path.join(docs, "prometheus", "prometheus.yml")).read()
    config = re.sub(r"_interval: \S+", "_interval: 1s", config)
    config = config.replace("/etc/prometheus/", folder + "/")
    for machine, address in MACHINES.items():
        # The name stays, as a label.
        config = config.replace(
            "      - targets: [%s:9985]" % machine,
            "      - targets: ['%s:9985']\n        labels: {instance: '%s'}" % (address, machine),
        )
        if "'%s:9985'" % address not in config:
            sys.exit("prometheus.yml does not name %s:9985" % machine)
    rules = open(os.path.join(docs, "prometheus", "tcptable.rules.yml")).read()
    rules = re.sub(r"for: \d+[sm]", "for: 3s", rules)
    with open(folder + "/prometheus.yml", "w") as file:
        file.write(config)
    with open(folder + "/tcptable.rules.yml", "w") as file:
        file.write(rules)
    log = open(folder + "/log", "w")
    children.append(
        subprocess.Popen(
            ["prometheus", "--config.file=%s/prometheus.yml" % folder, "--storage.tsdb.path=%s/data" % folder,
             "--web.listen-address=127.0.0.1:9090"],
            stdout=log, stderr=log,
        )
    )


def ask(path):
    with urllib.request.urlopen("http://127.0.0.1:9090/api/v1/" + path, timeout=5) as answer:
        return json.load(answer)["data"]


def firing():
    return {
        (alert["labels"]["alertname"], alert["labels"]["instance"])
        for alert in ask("alerts")["alerts"]
        if alert["state"] == "firing"
    }


def watch(folder):
    seen, end = set(), time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < end:
        try:
            seen = firing()
            if seen >= EXPECTED:
                break
        except OSError:
            pass
        time.sleep(0.5)
    # What is not expected has had as long, and some more.
    time.sleep(3)
    seen = firing()
    for alert in ask("alerts")["alerts"]:
        print(alert["state"], alert["labels"]["alertname"] + ":", alert["annotations"]["summary"])
    up = {it["metric"]["instance"]: it["value"][1] for it in ask("query?query=up")["result"]}
    print("scraped:", ", ".join(sorted(name for name, value in up.items() if value == "1")))
    if seen != EXPECTED or sorted(up) != sorted(MACHINES) or set(up.values()) != {"1"}:
        print(open(folder + "/log").read()[-3000:])
        sys.exit("expected %s, and each machine up; firing: %s, up: %s" % (sorted(EXPECTED), sorted(seen), up))


def main():
    java, jar, docs = sys.argv[1:]
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("took too long"))
    signal.alarm(LONGEST_SECONDS + 60)
    with tempfile.TemporaryDirectory() as folder:
        try:
            make_network()
            start_machines(java, jar)
            start_prometheus(docs, folder)
            watch(folder)
        finally:
            for child in children:
                child.kill()
            for child in children:
                child.wait()


main()
