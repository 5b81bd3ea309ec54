# SPDX-License-Identifier: Apache-2.0
"""The table in Markdown."""


def markdown(rows, taken):
    lines = [
        f"{taken}",
        "",
        "| server | processes | idle | with clients | hung by | verdict then | would stop | restarted "
        "| without a command | as expected |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        server = row.server
        if row.left_out:
            lines.append(f"| {server.name} | left out: {row.left_out} | | | | | | | | |")
            continue
        clients = f"{row.clients}: {row.busy}" if row.busy else ""
        lines.append("| " + " | ".join([
            f"{server.name} {row.version}".strip(), row.processes, row.idle, clients, server.hang.how, row.hung,
            row.stops, row.restarted, row.as_it_was, "**no**" if row.wrong else "yes"]) + " |")
    return "\n".join(lines) + "\n"
