# SPDX-License-Identifier: Apache-2.0
"""Proxies, with the server behind them that hangs."""
from server import TITLE, Hang, Server, freeze_beside
from servers.web import NGINX

UPSTREAM = ["python3", "-m", "http.server", "{other}", "--bind", "127.0.0.1"]

PROXY = NGINX.replace("location / { return 200 \"ok\\n\"; }", "location / { proxy_pass http://127.0.0.1:{other}; }")

FASTCGI = NGINX.replace(
    "location / { return 200 \"ok\\n\"; }",
    "location / { fastcgi_pass 127.0.0.1:{other}; include /etc/nginx/fastcgi_params;"
    " fastcgi_param SCRIPT_FILENAME {dir}/index.php; }")

FPM = """
[global]
error_log = {dir}/fpm.log
daemonize = no
[www]
listen = 127.0.0.1:{other}
pm = static
pm.max_children = 2
user = www-data
group = www-data
"""

HAPROXY = """
defaults
  mode http
  timeout connect 60s
  timeout client 60s
  timeout server 60s
frontend front
  bind 127.0.0.1:{port}
  default_backend back
backend back
  server one 127.0.0.1:{other}
"""

INDEX = "<?php if ($_SERVER['REQUEST_URI'] == '/hang') { while (true) { sleep(3600); } } echo 'ok';"

ALL = [
    Server(
        "nginx-proxy", ["nginx", "-v"], ["nginx", "-p", "{dir}", "-c", "{dir}/nginx.conf"],
        Hang("the server behind it stopped", freeze_beside, "HANGING", ("WAITS_FOR_SERVER",)),
        packages=("nginx-light",), files={"nginx.conf": PROXY}, refused=TITLE,
        beside=[UPSTREAM]),
    Server(
        "haproxy", ["haproxy", "-v"], ["haproxy", "-f", "{dir}/haproxy.cfg"],
        Hang("the server behind it stopped", freeze_beside, "HANGING", ("WAITS_FOR_SERVER",)),
        packages=("haproxy",), files={"haproxy.cfg": HAPROXY}, beside=[UPSTREAM]),
    Server(
        "nginx-php-fpm", ["php-fpm8.2", "-v"], ["nginx", "-p", "{dir}", "-c", "{dir}/nginx.conf"],
        Hang("the php-fpm behind it stopped", freeze_beside, "HANGING", ("WAITS_FOR_SERVER",)),
        packages=("nginx-light", "php-fpm"), files={"nginx.conf": FASTCGI, "fpm.conf": FPM, "index.php": INDEX},
        refused=TITLE, beside=[["php-fpm8.2", "-y", "{dir}/fpm.conf", "-R"]]),
]
