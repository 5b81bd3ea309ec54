// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpSocket;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.terminal.TextTable;
import java.util.List;

/**
 * Makes a table of sockets fit the screen. Gaps give way first, then owners, then addresses, each
 * first to what reads well and only then to what just tells them apart. PIDs and ports never do: a
 * table of those alone that is still too wide is left to the screen to wrap.
 */
final class TableFitter {

  private static final String CUT = "..";

  /** An IPv4 address with its port: {@code 255.255.255.255:65535}. */
  private static final int READABLE_ADDRESS = 21;

  /** Such as {@code python3(19508) +3 more}. */
  private static final int READABLE_OWNERS = 24;

  /** Such as {@code ..:65535}. */
  private static final int LEAST_ADDRESS = 8;

  private final TextTable table;
  private final int local;
  private final int remote;

  TableFitter(TextTable table, int local, int remote) {
    this.table = table;
    this.local = local;
    this.remote = remote;
  }

  /**
   * Shortens what is too wide, if anything is.
   *
   * @param owned the sockets whose owners stand in the last column; none if there is no such column
   */
  void to(int width, List<TcpSocket> owned) {
    if (table.width() > width) {
      table.closeUp();
    }
    if (table.width() > width && !owned.isEmpty()) {
      narrowOwners(width, owned);
    }
    if (table.width() > width) {
      narrowAddresses(width);
    }
  }

  private void narrowOwners(int width, List<TcpSocket> sockets) {
    int column = table.columns() - 1;
    int owners = table.width(column);
    int localWidth = table.width(local);
    int remoteWidth = table.width(remote);
    int room = width - table.width() + owners + localWidth + remoteWidth;
    int readable = Math.min(localWidth, READABLE_ADDRESS) + Math.min(remoteWidth, READABLE_ADDRESS);
    int limit = Math.max(room - localWidth - remoteWidth, Math.min(owners, READABLE_OWNERS));
    limit = Math.min(limit, room - readable);
    for (int i = 0; i < sockets.size(); i++) {
      if (TerminalText.width(table.cell(i + 1, column)) > limit) {
        table.replace(i + 1, column, new OwnersText(sockets.get(i)).within(limit));
      }
    }
  }

  /** The wider of both ends gives way until they are equal, then both do. */
  private void narrowAddresses(int width) {
    int room = width - table.width() + table.width(local) + table.width(remote);
    int half = room / 2;
    int localLimit = Math.max(half, room - table.width(remote));
    int remoteLimit = Math.max(half, room - table.width(local));
    for (int line = 1; line < table.lines(); line++) {
      narrowAddress(line, local, Math.max(LEAST_ADDRESS, localLimit));
      narrowAddress(line, remote, Math.max(LEAST_ADDRESS, remoteLimit));
    }
  }

  /** Leaves out of the middle of the address what does not fit. */
  private void narrowAddress(int line, int column, int width) {
    String end = table.cell(line, column);
    if (end.length() > width) {
      int port = end.length() - end.lastIndexOf(':');
      int kept = width - CUT.length();
      int tail = Math.max(port, Math.min(kept, (kept + port) / 2));
      int head = Math.max(0, kept - tail);
      table.replace(
          line, column, end.substring(0, head) + CUT + end.substring(end.length() - tail));
    }
  }
}
