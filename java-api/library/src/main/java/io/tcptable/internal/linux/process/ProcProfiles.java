// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import io.tcptable.internal.platform.ProcessLineage;
import io.tcptable.internal.platform.ProcessProfile;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessPlacement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at many processes for one question. What is the same for many of them, such as the name of
 * their user, is read once.
 */
final class ProcProfiles {

  /** What is kept of the arguments of each: they are not needed of most. */
  private static final int MOST_ARGUMENT_BYTES = 4 * 1024;

  /** Below this many, they are looked at before another thread has begun. */
  private static final int FEWEST_TO_SHARE = 64;

  /** Beyond this, threads wait for each other inside the kernel. */
  private static final int MOST_THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final UserNames users = new UserNames();
  private final ProgramImages images = new ProgramImages();
  private final ProcPlacement placement = new ProcPlacement();

  private final Map<Integer, ProcessProfile> found = new ConcurrentHashMap<>();

  /**
   * What is known of processes, by PID; nothing of those that are gone. They are looked at in a few
   * threads that can be left behind, all processes of a thread one after the other.
   *
   * @param startedAt when each PID's process was started
   */
  Map<Integer, ProcessProfile> of(Map<Integer, Instant> startedAt) throws IOException {
    List<Map.Entry<Integer, Instant>> all = List.copyOf(startedAt.entrySet());
    int threads = Math.min(1 + all.size() / FEWEST_TO_SHARE, MOST_THREADS);
    List<Callable<Boolean>> shares = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      List<Map.Entry<Integer, Instant>> share =
          all.subList(i * all.size() / threads, (i + 1) * all.size() / threads);
      shares.add(() -> look(share));
    }
    TimeLimiter.shared().batches(shares);
    return Map.copyOf(found);
  }

  private boolean look(List<Map.Entry<Integer, Instant>> share) throws IOException {
    for (Map.Entry<Integer, Instant> one : share) {
      int pid = one.getKey();
      if (!found.containsKey(pid)) {
        of(ProcIdentity.directory(pid), one.getValue()).ifPresent(it -> found.put(pid, it));
      }
    }
    return true;
  }

  private interface Reading<T> {
    T of(Path process) throws IOException;
  }

  /**
   * What is known of a process; empty if it is gone.
   *
   * @param process its directory in /proc
   * @param startedAt what tells it from a later one with its PID
   */
  Optional<ProcessProfile> of(Path process, Instant startedAt) throws IOException {
    Optional<ProcessArguments> commandLine = known(process, ProcProfiles::commandLine);
    Optional<Path> executable = known(process, ProcProfiles::executable);
    Optional<String> user = known(process, users::of);
    Optional<ProcessPlacement> where = known(process, placement::of);
    boolean hasOwnPlaces = images.hasOwnPlaces(process);
    boolean isHidden = !ProcOutput.isShown(process);
    // Last: if it is the same now, all of that was its own.
    return ProcIdentity.stat(process)
        .filter(now -> now.identity(ProcDirectory.pid(process)).startedAt().equals(startedAt))
        .map(
            now ->
                new ProcessProfile(
                    commandLine,
                    executable,
                    user,
                    Optional.of(lineage(now, hasOwnPlaces, isHidden)),
                    where));
  }

  private static ProcessLineage lineage(ProcStat stat, boolean hasOwnPlaces, boolean isHidden) {
    long image = ProgramImages.image(stat, hasOwnPlaces);
    return new ProcessLineage(
        OptionalLong.of(stat.session()),
        OptionalLong.of(stat.group()),
        image == ProcText.NO_NUMBER ? OptionalLong.empty() : OptionalLong.of(image),
        isHidden);
  }

  private static <T> Optional<T> known(Path process, Reading<T> reading) {
    try {
      return Optional.of(reading.of(process));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ProcessArguments commandLine(Path process) throws IOException {
    return ProcCommandLine.of(process, MOST_ARGUMENT_BYTES);
  }

  static Path executable(Path process) throws IOException {
    Path link = process.resolve("exe");
    return TimeLimiter.shared().call(link, () -> ProcLink.target(link));
  }
}
