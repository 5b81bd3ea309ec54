// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says how things are when a run is over, so that nothing is left half done silently. */
final class FinalState {

  private FinalState() {}

  /**
   * A line for each thing that the user should know.
   *
   * @param stopped those who ended
   * @param asked those who were asked to end and have not
   * @param left tells what those have started that still runs
   * @param launched what was started, if anything
   */
  static List<String> of(
      ScopedListeners scoped,
      Collection<OsProcess> stopped,
      Collection<OsProcess> asked,
      Supplier<List<OsProcess>> left,
      @Nullable StartedServer launched) {
    List<String> lines = new ArrayList<>();
    if (!stopped.isEmpty()) {
      lines.add("stopped: " + Processes.names(stopped));
    }
    if (!asked.isEmpty()) {
      lines.add("asked to terminate, but still running: " + Processes.names(asked));
    }
    lines.addAll(stillRunning("started by what was stopped, and still running: ", left));
    if (launched != null) {
      lines.add(known("started: " + launched + ", ", () -> launched(launched)));
      lines.addAll(stillRunning("started by it and still running: ", launched::leftBehind));
    }
    String scope = scoped.scope() + ": ";
    lines.add(known(scope, () -> scope + listening(scoped)));
    return lines;
  }

  private static List<String> stillRunning(String what, Supplier<List<OsProcess>> processes) {
    try {
      List<OsProcess> left = processes.get();
      return left.isEmpty() ? List.of() : List.of(what + Processes.names(left));
    } catch (RuntimeException | Error e) {
      return List.of(what + "not known: " + e);
    }
  }

  /** If one line cannot be known, the others are told all the same. */
  private static String known(String what, Supplier<String> text) {
    try {
      return text.get();
    } catch (TcpTableException e) {
      return what + "not known: " + e.getMessage();
    } catch (RuntimeException | Error e) {
      return what + "not known: " + e;
    }
  }

  private static String launched(StartedServer launched) {
    OptionalInt exit = launched.exitCode();
    String detached =
        launched.isDetached()
            ? ""
            : " (" + Platforms.current().phrases().of(Phrase.NOT_DETACHED) + ")";
    return (exit.isPresent()
            ? "started and ended: " + launched + ", exit code " + exit.getAsInt()
            : "started and running: " + launched + detached)
        + ", log "
        + launched.command().log();
  }

  private static String listening(ScopedListeners scoped) {
    List<TcpSocket> listeners = scoped.now();
    return listeners.isEmpty() ? "nobody listens" : Listeners.sentence(listeners);
  }
}
