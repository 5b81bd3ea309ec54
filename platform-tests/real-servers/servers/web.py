# SPDX-License-Identifier: Apache-2.0
"""Web servers that serve files."""
from server import TITLE, Hang, Server, silent, stop, stopped, workers

NGINX = """
daemon off; pid {dir}/nginx.pid; error_log {dir}/error.log; worker_processes 2;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path {dir}/b; proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f;
  uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;
  server { listen 127.0.0.1:{port}; root {dir}; location / { return 200 "ok\\n"; } }
}
"""

APACHE = """
ServerRoot {dir}
PidFile {dir}/apache.pid
Mutex file:{dir} default
Listen 127.0.0.1:{port}
LoadModule mpm_MPM_module /usr/lib/apache2/modules/mod_mpm_MPM.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
User www-data
Group www-data
ServerName localhost
ErrorLog {dir}/error.log
DocumentRoot {dir}
KeepAlive On
KeepAliveTimeout 1
<Directory />
  Require all granted
</Directory>
"""

PREFORK = APACHE.replace("MPM", "prefork") + """
AcceptFilter http none
StartServers 20
MinSpareServers 20
MaxSpareServers 20
MaxRequestWorkers 20
"""

EVENT = APACHE.replace("MPM", "event") + """
StartServers 1
ServerLimit 1
ThreadsPerChild 50
MinSpareThreads 1
MaxSpareThreads 50
MaxRequestWorkers 50
"""

LIGHTTPD = """
server.document-root = "{dir}"
server.port = {port}
server.bind = "127.0.0.1"
index-file.names = ("index.html")
"""

ALL = [
    Server(
        "nginx", ["nginx", "-v"], ["nginx", "-p", "{dir}", "-c", "{dir}/nginx.conf"],
        Hang("both workers stopped", stop(of=workers), "HANGING", ("PROCESS_STOPPED",), pids=stopped),
        packages=("nginx-light",), files={"nginx.conf": NGINX}, refused=TITLE),
    Server(
        "nginx-one-worker", ["nginx", "-v"], ["nginx", "-p", "{dir}", "-c", "{dir}/nginx.conf"],
        Hang("one of two workers stopped", stop(of=workers, one=True), "DEGRADED", ("PROCESS_STOPPED",), pids=stopped),
        packages=("nginx-light",), files={"nginx.conf": NGINX}, refused=TITLE),
    Server(
        "lighttpd", ["lighttpd", "-v"], ["lighttpd", "-D", "-f", "{dir}/lighttpd.conf"],
        Hang("stopped", stop(), "HANGING", ("PROCESS_STOPPED",), pids=stopped),
        packages=("lighttpd",), files={"lighttpd.conf": LIGHTTPD, "index.html": "ok"}),
    Server(
        "apache-prefork", ["apache2", "-v"], ["apache2", "-D", "FOREGROUND", "-f", "{dir}/apache.conf"],
        Hang("20 silent clients, 20 slots", silent(20), "HANGING", ("NOT_ACCEPTING",)),
        packages=("apache2-bin",), files={"apache.conf": PREFORK, "index.html": "ok"}, clients=15, quick=True),
    Server(
        "apache-event", ["apache2", "-v"], ["apache2", "-D", "FOREGROUND", "-f", "{dir}/apache.conf"],
        Hang("its workers stopped", stop(of=workers), "HANGING", ("PROCESS_STOPPED",), pids=stopped),
        packages=("apache2-bin",), files={"apache.conf": EVENT, "index.html": "ok"}),
]
