// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpQuery;
import io.tcptable.internal.platform.PushSource;
import io.tcptable.internal.platform.PushedSockets;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.platform.SystemAccess;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most that the system pushes here.
 *
 * @param sockets null if it is nothing
 * @param refusals why it is not more, in one line, by what was tried
 */
record OpenedPushes(Pushes kind, @Nullable PushedSockets sockets, Map<Pushes, String> refusals) {

  /**
   * Tries the best first.
   *
   * @param most what is wanted at most
   */
  static OpenedPushes open(SystemAccess access, TcpQuery query, Pushes most) {
    Map<Pushes, String> refusals = new EnumMap<>(Pushes.class);
    for (Pushes kind : new Pushes[] {Pushes.STATES, Pushes.ENDS}) {
      try {
        if (kind.compareTo(most) > 0) {
          throw refused("it was not asked for");
        }
        PushSource source = kind == Pushes.STATES ? states(access, query) : access.ends();
        return new OpenedPushes(kind, source.open(query.wantedLocalPorts()), refusals);
      } catch (SourceException e) {
        refusals.put(kind, String.valueOf(e.getMessage()));
      }
    }
    return new OpenedPushes(Pushes.NONE, null, refusals);
  }

  private static PushSource states(SystemAccess access, TcpQuery query) {
    if (!query.selectsByEnds()) {
      throw refused("the query asks for more than a change of a state tells");
    }
    return access.stateChanges();
  }

  private static SourceException refused(String reason) {
    return new SourceException(Kind.UNSUPPORTED, "", "", reason);
  }
}
