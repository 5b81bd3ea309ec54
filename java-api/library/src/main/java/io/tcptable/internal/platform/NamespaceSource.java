// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;

/** The TCP sockets of other network namespaces. Safe for use by many threads. */
@FunctionalInterface
public interface NamespaceSource {

  /** That of an operating system without namespaces. */
  NamespaceSource NONE =
      (scope, filter, into) -> {
        throw new SourceException(
            Kind.UNSUPPORTED,
            "",
            "",
            "asking for the sockets of other network namespaces: this operating system has none");
      };

  /**
   * Writes all sockets that match into the builder, each with the number of its namespace in what
   * comes back.
   *
   * @throws SourceException if those of a namespace could not be read completely, or those of the
   *     only one that is wanted could not be read
   */
  NamespaceLook read(NamespaceScope scope, SocketFilter filter, SocketColumnsBuilder into);
}
