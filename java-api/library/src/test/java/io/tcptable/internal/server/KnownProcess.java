// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process made by hand.
 *
 * @param file the file of the program; null if this user may not know
 */
record KnownProcess(
    long pid,
    String name,
    List<String> commandLine,
    @Nullable String file,
    String account,
    Optional<ServerProcess> parent,
    ProcessPlacement place)
    implements ServerProcess {

  /** One that runs a program, and calls itself so. */
  static KnownProcess of(long pid, String file, String user, String... arguments) {
    String name = Path.of(file).getFileName().toString();
    return new KnownProcess(
        pid,
        name,
        List.of(arguments),
        file,
        user,
        Optional.empty(),
        place(file.startsWith("/usr/")));
  }

  private static ProcessPlacement place(boolean trusted) {
    return ProcessPlacement.builder().trustedProgram(trusted).build();
  }

  KnownProcess named(String comm) {
    return new KnownProcess(pid, comm, commandLine, file, account, parent, place);
  }

  KnownProcess hidden() {
    return new KnownProcess(pid, name, commandLine, null, account, parent, place(false));
  }

  KnownProcess below(ServerProcess other) {
    return new KnownProcess(pid, name, commandLine, file, account, Optional.of(other), place);
  }

  KnownProcess at(ProcessPlacement other) {
    return new KnownProcess(pid, name, commandLine, file, account, parent, other);
  }

  @Override
  public Optional<Instant> startedAt() {
    return Optional.of(Instant.ofEpochSecond(pid));
  }

  @Override
  public Optional<Path> executable() {
    return Optional.ofNullable(file).map(Path::of);
  }

  @Override
  public Optional<String> user() {
    return Optional.of(account);
  }

  @Override
  public Optional<ProcessStatus> status() {
    return Optional.empty();
  }

  @Override
  public Optional<ProcessPlacement> placement() {
    return Optional.of(place);
  }
}
