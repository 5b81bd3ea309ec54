// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.Platform;

/** Lets tests of other packages choose where a table comes from. */
public final class TcpTableAccess {

  private TcpTableAccess() {}

  @SuppressWarnings("exports") // It is exported to tests only.
  public static TcpTable snapshot(TcpQuery query, Platform sources) {
    return TcpTable.snapshot(query, sources);
  }
}
