// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A sample of a recording, or several of them.
 *
 * @param states how many sockets are in each group of states
 * @param queues by address, the accept queues of the listeners
 * @param opened how many connections were opened since the sample before
 * @param closed how many were closed
 */
record RecordedSample(
    Instant at, Map<StateGroup, Long> states, Map<String, Queue> queues, long opened, long closed) {

  /** How many connections wait to be accepted, and how many may. */
  record Queue(long waiting, long limit) {}

  static RecordedSample of(JsonObject json) {
    Map<StateGroup, Long> states = new LinkedHashMap<>();
    JsonObject counts = json.object("states");
    for (Object name : counts.members().keySet()) {
      StateGroup.of(name.toString())
          .ifPresent(group -> states.merge(group, atLeast0(counts, name.toString()), Long::sum));
    }
    Map<String, Queue> queues = new LinkedHashMap<>();
    for (JsonObject listener : json.objects("listeners")) {
      // Several listeners of one address share its connections: the fuller one is shown.
      queues.merge(
          listener.object("local").end(),
          new Queue(atLeast0(listener, "waiting"), atLeast0(listener, "limit")),
          (one, other) -> one.waiting >= other.waiting ? one : other);
    }
    return new RecordedSample(
        json.time("at").orElseThrow(() -> new IllegalArgumentException("a sample has no time")),
        states,
        queues,
        atLeast0(json, "opened"),
        atLeast0(json, "closed"));
  }

  private static long atLeast0(JsonObject json, String name) {
    return Math.max(0, json.numberOr0(name));
  }

  long connections() {
    return states.values().stream().mapToLong(Long::longValue).sum();
  }

  private long waiting() {
    return queues.values().stream().mapToLong(Queue::waiting).sum();
  }

  /** The fuller one of this and the next, with the events of both. No number is made up. */
  RecordedSample with(RecordedSample next) {
    boolean isFuller =
        waiting() != next.waiting()
            ? waiting() > next.waiting()
            : connections() > next.connections();
    RecordedSample fuller = isFuller ? this : next;
    return new RecordedSample(
        at, fuller.states, fuller.queues, opened + next.opened, closed + next.closed);
  }
}
