// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.platform.ProcessLineage;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Processes of which each thing is asked once, at the first question: those of one server have most
 * of their ancestors in common. For one thread.
 */
public final class RememberedProcesses {

  private final Map<OsProcess, ServerProcess> known = new HashMap<>();
  private final Function<OsProcess, Optional<OsProcess>> parents;

  /** Asks each process for its parent. */
  public RememberedProcesses() {
    this(OsProcess::parent);
  }

  /**
   * @param parents tells the parent of a process: of many it is cheaper to read them together
   */
  public RememberedProcesses(Function<OsProcess, Optional<OsProcess>> parents) {
    this.parents = parents;
  }

  /** The same object for the same process. */
  public ServerProcess of(OsProcess process) {
    return known.computeIfAbsent(process, Remembered::new);
  }

  /** The answer to a question that is asked once. */
  private static final class Once<T> {

    private final Supplier<T> question;
    private @Nullable T answer;

    Once(Supplier<T> question) {
      this.question = question;
    }

    T get() {
      T known = answer;
      if (known == null) {
        known = question.get();
        answer = known;
      }
      return known;
    }
  }

  private final class Remembered implements ServerProcess {

    private final LiveProcess live;
    private final Once<Optional<ServerProcess>> parent;
    private final Once<List<ServerProcess>> ancestors;
    private final Once<List<String>> commandLine;
    private final Once<Optional<Path>> executable;
    private final Once<Optional<String>> user;
    private final Once<Optional<ProcessStatus>> status;
    private final Once<Optional<ProcessLineage>> lineage;
    private final Once<Optional<ProcessPlacement>> placement;

    Remembered(OsProcess process) {
      live = new LiveProcess(process);
      parent = new Once<>(() -> parents.apply(process).map(RememberedProcesses.this::of));
      ancestors = new Once<>(ServerProcess.super::ancestors);
      commandLine = new Once<>(live::commandLine);
      executable = new Once<>(live::executable);
      user = new Once<>(live::user);
      status = new Once<>(live::status);
      lineage = new Once<>(live::lineage);
      placement = new Once<>(live::placement);
    }

    @Override
    public long pid() {
      return live.pid();
    }

    @Override
    public String name() {
      return live.name();
    }

    @Override
    public Optional<Instant> startedAt() {
      return live.startedAt();
    }

    @Override
    public Optional<ServerProcess> parent() {
      return parent.get();
    }

    @Override
    public List<ServerProcess> ancestors() {
      return ancestors.get();
    }

    @Override
    public List<String> commandLine() {
      return commandLine.get();
    }

    @Override
    public Optional<Path> executable() {
      return executable.get();
    }

    @Override
    public Optional<String> user() {
      return user.get();
    }

    @Override
    public Optional<ProcessStatus> status() {
      return status.get();
    }

    @Override
    public Optional<ProcessLineage> lineage() {
      return lineage.get();
    }

    @Override
    public Optional<ProcessPlacement> placement() {
      return placement.get();
    }

    /** Name and PID: {@code python3(19508)}. */
    @Override
    public String toString() {
      return live.toString();
    }
  }
}
