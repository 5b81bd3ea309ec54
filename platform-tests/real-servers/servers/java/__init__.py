# SPDX-License-Identifier: Apache-2.0
"""Servers of Java: each is one file that the java command compiles and runs."""
import os

from server import Hang, Server, ask

HERE = os.path.dirname(os.path.abspath(__file__))
JETTY = ("org.eclipse.jetty:jetty-server:11.0.20", "org.eclipse.jetty:jetty-http:11.0.20",
         "org.eclipse.jetty:jetty-io:11.0.20", "org.eclipse.jetty:jetty-util:11.0.20",
         "org.eclipse.jetty.toolchain:jetty-jakarta-servlet-api:5.0.2", "org.slf4j:slf4j-api:2.0.9")
TOMCAT = ("org.apache.tomcat.embed:tomcat-embed-core:10.1.20", "org.apache.tomcat:tomcat-annotations-api:10.1.20")
NETTY = tuple(f"io.netty:netty-{part}:4.1.108.Final"
              for part in ("buffer", "codec", "codec-http", "common", "handler", "resolver", "transport",
                           "transport-native-unix-common"))


def _server(name, jars, hang):
    with open(os.path.join(HERE, name + ".java"), encoding="utf-8") as file:
        source = file.read()
    return Server(
        name, ["java", "-version"], ["java", "-cp", "{tools}/jars/*", name + ".java", "{port}"], hang, jars=jars,
        files={name + ".java": source})


ALL = [
    _server("JdkHttpServer", (), Hang("a handler that sleeps, one thread", ask(1), "HANGING")),
    _server("Jetty", JETTY, Hang("all threads sleep", ask(8), "HANGING")),
    _server("Tomcat", TOMCAT, Hang("all threads sleep", ask(4), "HANGING")),
    _server("Netty", NETTY, Hang("a handler that blocks the loop of events", ask(1), "HANGING")),
]
