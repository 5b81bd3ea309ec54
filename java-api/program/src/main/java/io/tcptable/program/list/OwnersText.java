// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpSocket;
import io.tcptable.program.foreign.TerminalText;
import java.util.List;

/** The owners of a socket in one cell. A PID is there in full or not at all. */
public final class OwnersText {

  private static final String CUT = "..";

  private final Ownership ownership;
  private final List<OsProcess> owners;

  public OwnersText(TcpSocket socket) {
    this(socket.ownership(), socket.owners());
  }

  public OwnersText(Ownership ownership, List<OsProcess> owners) {
    this.ownership = ownership;
    this.owners = List.copyOf(owners);
  }

  /** {@code python3(19508) python3(19509)}; {@code -} for none, {@code ?} for unknown. */
  public String full() {
    return switch (ownership) {
      case NONE -> "-";
      case UNKNOWN -> "?";
      case OWNED -> first(owners.size());
    };
  }

  /** As many owners as fit, and how many more there are; the first one is always named. */
  public String within(int width) {
    String text = full();
    if (owners.isEmpty() || TerminalText.width(text) <= width) {
      return text;
    }
    String fitting = "";
    for (int n = 1; n < owners.size(); n++) {
      text = first(n) + " +" + (owners.size() - n) + " more";
      if (TerminalText.width(text) > width) {
        break;
      }
      fitting = text;
    }
    return fitting.isEmpty() ? cut(width) : fitting;
  }

  private String first(int count) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < count; n++) {
      if (n > 0) {
        text.append(' ');
      }
      text.append(TerminalText.of(owners.get(n).name())).append(pid(n));
    }
    return text.toString();
  }

  /** Only the first owner, with as much of its name as fits, but at least a letter of it. */
  private String cut(int width) {
    String name = TerminalText.of(owners.get(0).name());
    String rest = pid(0) + (owners.size() == 1 ? "" : " +" + (owners.size() - 1));
    int end = name.length();
    while (end > 1
        && TerminalText.width(name.substring(0, end)) + CUT.length() + rest.length() > width) {
      end = name.offsetByCodePoints(end, -1);
    }
    boolean whole = name.length() - end <= CUT.length();
    return whole ? name + rest : name.substring(0, end) + CUT + rest;
  }

  private String pid(int n) {
    return "(" + owners.get(n).pid() + ")";
  }
}
