// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Podman's {@code conmon -c ID -n NAME}: it watches over a container, and its command line says
 * over which.
 */
public final class Conmon {

  private static final String PROGRAM = "conmon";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  private Conmon() {}

  /** The name of its container, or the ID. */
  static Optional<String> called(List<String> words) {
    return OptionValue.after(words, "-n")
        .filter(NAME.asMatchPredicate())
        .or(() -> OptionValue.after(words, "-c"));
  }

  /**
   * What people call a container.
   *
   * @param id of the container
   */
  public static Optional<String> name(Optional<Path> executable, List<String> words, String id) {
    return executable
        .filter(file -> file.endsWith(PROGRAM))
        .filter(conmon -> OptionValue.after(words, "-c").filter(id::equals).isPresent())
        .flatMap(conmon -> OptionValue.after(words, "-n"))
        .filter(NAME.asMatchPredicate());
  }

  /** The ID of the container that a process watches over; empty if it does not. */
  static Optional<String> id(ServerProcess process) {
    return Optional.of(process)
        .filter(Conmon::isOne)
        .flatMap(conmon -> OptionValue.after(conmon.commandLine(), "-c"))
        .filter(ID.asMatchPredicate());
  }

  /** The one that has started a process, if one has. */
  public static Optional<ServerProcess> above(ServerProcess process) {
    return process.ancestors().stream().filter(Conmon::isOne).findFirst();
  }

  /** Its container, as the tools take it: {@code libpod web}. */
  public static Optional<String> container(ServerProcess conmon) {
    return called(conmon.commandLine()).map("libpod "::concat);
  }

  /** The container that a process watches over; empty if it does not. */
  public static Optional<String> watched(ServerProcess process) {
    return Optional.of(process).filter(Conmon::isOne).flatMap(Conmon::container);
  }

  private static boolean isOne(ServerProcess process) {
    return ServerProgram.fileName(process).filter(PROGRAM::equals).isPresent();
  }
}
