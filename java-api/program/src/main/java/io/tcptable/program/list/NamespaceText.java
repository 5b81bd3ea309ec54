// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.internal.server.ContainerCalled;
import io.tcptable.process.NetworkNamespace;
import io.tcptable.program.foreign.TerminalText;

/** A network namespace in one cell: how people call it. */
final class NamespaceText {

  /** Of an ID, as many digits as the tools of containers show. */
  private static final int SHORT_ID = 12;

  private static final int LONG_ID = 64;

  private NamespaceText() {}

  /** {@code own}, {@code docker web}, {@code libpod 5f3c0a1b2c3d}, {@code blue}, or its number. */
  static String of(NetworkNamespace namespace) {
    return namespace.isOwn()
        ? "own"
        : TerminalText.of(
            namespace
                .container()
                .map(container -> container(namespace, container))
                .or(namespace::name)
                .orElse("net:[" + namespace.inode() + "]"));
  }

  private static String container(NetworkNamespace namespace, String container) {
    int blank = container.indexOf(' ');
    String id = container.substring(blank + 1);
    String called =
        namespace.pid().stream()
            .boxed()
            .flatMap(pid -> ContainerCalled.name(container, pid).stream())
            .findFirst()
            .orElse(id.length() == LONG_ID ? id.substring(0, SHORT_ID) : id);
    return container.substring(0, blank) + " " + called;
  }
}
