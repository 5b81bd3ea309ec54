// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.guard.GuardedPort.Saved;
import io.tcptable.internal.platform.FileTail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is saved before a restart. For one thread. */
final class Evidence {

  private static final int MOST_OF_LOG = 64 * 1024;

  private final EvidenceFolders folders;
  private final Map<String, Function<PortDiagnosis, String>> more;
  private final SocketHistory history;
  private @Nullable Path log;

  /**
   * @param more further files, by name, and what makes them of a diagnosis
   * @param history what happened to the sockets of the port
   */
  Evidence(
      EvidenceFolders folders,
      Map<String, Function<PortDiagnosis, String>> more,
      SocketHistory history) {
    this.folders = folders;
    this.more = Map.copyOf(more);
    this.history = history;
  }

  /** The server writes there. */
  void log(Path file) {
    log = file;
  }

  /** Saves the events first: they are small, and always there. */
  Saved save(Optional<PortDiagnosis> diagnosis, List<GuardEvent> seen) {
    Map<String, Callable<String>> files = new LinkedHashMap<>();
    files.put(
        "events.jsonl",
        () -> seen.stream().map(it -> it.toJson() + "\n").collect(Collectors.joining()));
    String happened = history.toJsonLines(Instant.now());
    if (!happened.isEmpty()) {
      files.put("watch.jsonl", () -> happened);
    }
    diagnosis.ifPresent(
        it -> {
          files.put("diagnosis.json", () -> it.toJson() + "\n");
          more.forEach((name, text) -> files.put(name, () -> text.apply(it)));
          files.put("sockets.json", () -> it.table().toJson() + "\n");
          it.threadDumps().forEach((pid, dump) -> files.put("threads-" + pid + ".txt", () -> dump));
        });
    Path file = log;
    if (file != null) {
      files.put("server.log", () -> end(file));
    }
    return folders.save(Instant.now(), files);
  }

  /** The last lines. */
  private static String end(Path file) throws IOException {
    FileTail tail = FileTail.read(file, 0, MOST_OF_LOG);
    return tail.isCut() ? tail.text().substring(tail.text().indexOf('\n') + 1) : tail.text();
  }
}
