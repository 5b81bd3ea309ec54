# SPDX-License-Identifier: Apache-2.0
"""Servers of Node.js, and what starts them."""
from server import Hang, Server, ask, called, stop, stopped, workers

SERVER = """
require("http").createServer((request, response) => {
  if (request.url === "/hang") { for (;;) {} }
  response.end("ok");
}).listen(Number(process.argv[2] || process.env.PORT), "127.0.0.1");
"""

CLUSTER = """
const cluster = require("node:cluster");
if (cluster.isPrimary) {
  cluster.fork(); cluster.fork();
} else {
  require("http").createServer((request, response) => response.end("ok")).listen(Number(process.argv[2]), "127.0.0.1");
}
"""

PACKAGE = '{"name": "app", "private": true, "scripts": {"dev": "node server.js {port}"}}'


ALL = [
    Server(
        "node-http", ["node", "--version"], ["node", "server.js", "{port}"],
        Hang("a loop without end", ask(1), "HANGING", ("NOT_ACCEPTING",)), files={"server.js": SERVER}),
    Server(
        "node-cluster", ["node", "--version"], ["node", "cluster.js", "{port}"],
        Hang("its workers stopped", stop(of=workers), "HANGING", ("PROCESS_STOPPED",), pids=stopped),
        files={"cluster.js": CLUSTER}),
    Server(
        "nodemon", ["node", "--version"],
        ["node", "{tools}/node_modules/.bin/nodemon", "server.js", "{port}"],
        Hang("a loop without end", ask(1), "HANGING", ("NOT_ACCEPTING",)), npm=("nodemon@3",),
        files={"server.js": SERVER}),
    Server(
        "npm-run-dev", ["npm", "--version"], ["npm", "run", "dev"],
        Hang("stopped", stop(one=True), "HANGING", ("PROCESS_STOPPED",), pids=stopped),
        files={"server.js": SERVER, "package.json": PACKAGE}, kept=called("npm run dev", "sh")),
    Server(
        "vite", ["node", "--version"],
        ["node", "{tools}/node_modules/.bin/vite", "--port", "{port}", "--strictPort", "--host", "127.0.0.1"],
        Hang("stopped", stop(of=called("node")), "HANGING", ("PROCESS_STOPPED",)), npm=("vite@5",),
        kept=called("esbuild"), files={"index.html": "<html><body>ok</body></html>"}),
]
