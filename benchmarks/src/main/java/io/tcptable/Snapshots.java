// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.Platform;
import org.jspecify.annotations.NullMarked;

/** Takes snapshots through sources of one's own choice, several in one JVM. */
@NullMarked
public final class Snapshots {

  private Snapshots() {}

  public static TcpTable take(TcpQuery query, Platform sources) {
    return TcpTable.snapshot(query, sources);
  }
}
