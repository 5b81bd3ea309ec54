// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import io.tcptable.TcpState;
import io.tcptable.program.list.OwnersText;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One line of the view as plain data.
 *
 * @param key what it is about: the same from look to look
 * @param port the local port; 0 of a group of connections without a listener
 * @param state the state of a socket
 * @param local its local address, or what the group is
 * @param remote its remote address; empty of a listener
 * @param owners who owns it
 * @param used how much is in the queue: of a listener, connections that wait to be accepted
 * @param limit how much may be; of a listener only
 * @param connections how many connections the listener has in each state
 */
record LiveRow(
    Object key,
    int port,
    TcpState state,
    String local,
    String remote,
    OwnersText owners,
    OptionalLong used,
    OptionalLong limit,
    Map<TcpState, Integer> connections) {

  /** Whether a person would see no difference. */
  boolean looksLike(LiveRow other) {
    return state == other.state
        && owners.full().equals(other.owners.full())
        && used.equals(other.used)
        && limit.equals(other.limit)
        && connections.equals(other.connections);
  }

  int count() {
    return connections.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether a filter that a person has typed finds it; upper and lower case are the same. */
  boolean contains(String text) {
    String all = String.join(" ", state.toString(), local, remote, owners.full(), "" + connections);
    return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
