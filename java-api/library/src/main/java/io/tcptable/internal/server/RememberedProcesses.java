// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.ProcessLineage;
import io.tcptable.internal.platform.ProcessProfile;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Processes each of which is looked at once, at the first question: those of one server have most
 * of their ancestors in common. For one thread.
 */
public final class RememberedProcesses {

  private final Map<OsProcess, Remembered> known = new HashMap<>();
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
    return remembered(process);
  }

  private Remembered remembered(OsProcess process) {
    return known.computeIfAbsent(process, Remembered::new);
  }

  /** Looks at processes and at all above them in one go, which of many costs less. */
  public void lookAt(Collection<OsProcess> processes) {
    Map<Integer, Remembered> all = new LinkedHashMap<>();
    for (OsProcess process : processes) {
      Optional<Remembered> next = Optional.of(remembered(process));
      while (next.isPresent() && all.putIfAbsent((int) next.get().pid(), next.get()) == null) {
        next = next.get().above.get();
      }
    }
    look(all.values().stream().filter(it -> !it.isLookedAt()).toList());
  }

  private static void look(List<Remembered> at) {
    Map<Integer, Instant> startedAt = new LinkedHashMap<>();
    at.forEach(it -> startedAt.put((int) it.pid(), it.live.process().startedAt()));
    Map<Integer, ProcessProfile> profiles =
        startedAt.isEmpty() ? Map.of() : Platforms.access().processes().profiles(startedAt);
    at.forEach(it -> it.profile = profiles.getOrDefault((int) it.pid(), ProcessProfile.UNKNOWN));
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
    private final Once<Optional<Remembered>> above;
    private final Once<List<ServerProcess>> ancestors;
    private final Once<List<String>> commandLine;
    private final Once<Optional<ProcessStatus>> status;
    private @Nullable ProcessProfile profile;

    Remembered(OsProcess process) {
      live = new LiveProcess(process);
      above = new Once<>(() -> parents.apply(process).map(RememberedProcesses.this::remembered));
      ancestors = new Once<>(ServerProcess.super::ancestors);
      commandLine = new Once<>(this::words);
      status = new Once<>(live::status);
    }

    boolean isLookedAt() {
      return profile != null;
    }

    private ProcessProfile profile() {
      if (profile == null) {
        look(List.of(this));
      }
      return Objects.requireNonNull(profile);
    }

    /** A profile has only the first words of a long command line. */
    private List<String> words() {
      Optional<ProcessArguments> known = profile().commandLine();
      return known.filter(it -> it.omitted() > 0).isPresent()
          ? live.commandLine()
          : known.map(ProcessArguments::words).orElse(List.of());
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
      return above.get().map(Function.identity());
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
      return profile().executable();
    }

    @Override
    public Optional<String> user() {
      return profile().user();
    }

    @Override
    public Optional<ProcessStatus> status() {
      return status.get();
    }

    @Override
    public Optional<ProcessLineage> lineage() {
      return profile().lineage();
    }

    @Override
    public Optional<ProcessPlacement> placement() {
      return profile().placement();
    }

    /** Name and PID: {@code python3(19508)}. */
    @Override
    public String toString() {
      return live.toString();
    }
  }
}
