// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Threads of the owner, a JVM, wait for one lock, or are all at the same place. */
final class ThreadsStuck extends FindingRule {

  /** One alone may be where it belongs. */
  private static final int FEWEST = 2;

  ThreadsStuck() {
    super(FindingCode.THREADS_STUCK, "its threads are at one place");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (!observed.health().isUnanswered()) {
      return List.of();
    }
    return observed.threadDumps().stream()
        .filter(dump -> dump.isComplete() && !dump.hasDeadlock())
        .flatMap(dump -> finding(observed, dump).stream())
        .toList();
  }

  private Optional<Finding> finding(Observations observed, ThreadDump dump) {
    List<JavaThread> threads =
        JavaThread.of(dump.text()).stream().filter(it -> !it.name().equals("main")).toList();
    // Those that wait for a queue have no place, and nobody holds what they wait for.
    Map<String, Long> locks =
        threads.stream()
            .filter(it -> it.waitsFor().filter(lock -> isHeld(lock, threads)).isPresent())
            .collect(
                Collectors.groupingBy(it -> it.waitsFor().orElseThrow(), Collectors.counting()));
    Map<String, Long> places =
        threads.stream()
            .flatMap(it -> it.place().stream())
            .collect(Collectors.groupingBy(it -> it, HashMap::new, Collectors.counting()));
    return most(locks)
        .map(lock -> ofLock(observed, dump, lock, threads))
        .or(() -> most(places).map(place -> ofPlace(observed, dump, place)));
  }

  private static boolean isHeld(String lock, List<JavaThread> threads) {
    return threads.stream().anyMatch(it -> it.holds().contains(lock));
  }

  private static Optional<Map.Entry<String, Long>> most(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(it -> it.getValue() >= FEWEST)
        .max(Map.Entry.comparingByValue());
  }

  private Finding ofLock(
      Observations observed,
      ThreadDump dump,
      Map.Entry<String, Long> lock,
      List<JavaThread> threads) {
    JavaThread holder =
        threads.stream().filter(it -> it.holds().contains(lock.getKey())).findFirst().orElseThrow();
    String at = holder.place().or(() -> holder.frames().stream().findFirst()).orElse("");
    return start(observed, dump, lock.getValue())
        .cause(lock.getValue() + " of its threads wait for one lock")
        .seen(
            lock.getValue()
                + " threads of "
                + observed.named(Set.of(dump.pid()))
                + " wait for the lock "
                + lock.getKey()
                + "; thread \""
                + holder.name()
                + "\" holds it"
                + (at.isEmpty() ? "" : " at " + at))
        .text("lock", lock.getKey())
        .text("holder", holder.name())
        .text("place", at)
        .means(
            "Requests wait until that thread releases the lock. If it waits for something itself,"
                + " no thread is left for other requests.")
        .done();
  }

  private Finding ofPlace(Observations observed, ThreadDump dump, Map.Entry<String, Long> place) {
    return start(observed, dump, place.getValue())
        .cause(place.getValue() + " of its threads are at " + place.getKey())
        .seen(
            place.getValue()
                + " threads of "
                + observed.named(Set.of(dump.pid()))
                + " are at "
                + place.getKey())
        .text("place", place.getKey())
        .means(
            "So many threads at one place of the application are usually all those that serve"
                + " requests: the pool is exhausted. What they wait for there is the reason.")
        .done();
  }

  private Finding.Builder start(Observations observed, ThreadDump dump, long count) {
    Finding.Builder found =
        found(Severity.CRITICAL, Confidence.LIKELY).of(dump.pid()).figure("threads", count);
    dump.states().forEach(found::figure);
    return found.advise(SuggestedCommands.restart(observed));
  }
}
