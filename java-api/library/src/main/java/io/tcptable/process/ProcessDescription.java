// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person wants to know of a process, read at one moment. What this user may not know, or was
 * gone when it was read, is empty.
 *
 * @param name the kernel's short name of it
 * @param pid its process ID
 * @param startedAt when it started
 * @param user the name of the user that it runs as, or the number if there is no name
 * @param command the program and its arguments, which may hold secrets
 * @param directory its working directory
 * @param service as in {@link ProcessPlacement#service()}
 * @param container as in {@link ProcessPlacement#container()}
 */
public record ProcessDescription(
    String name,
    long pid,
    Instant startedAt,
    Optional<String> user,
    List<String> command,
    Optional<Path> directory,
    Optional<String> service,
    Optional<String> container) {

  /** Keeps its own copy. */
  public ProcessDescription {
    Objects.requireNonNull(name, "name");
    command = List.copyOf(command);
  }

  /**
   * One line, which may hold control characters that others have chosen: {@code python3(19508),
   * user web, since 2026-11-27T10:00:00Z, command python3 server.py, in /srv/web, service
   * web.service}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(name).append('(').append(pid).append(')');
    user.ifPresent(it -> text.append(", user ").append(it));
    text.append(", since ").append(startedAt);
    if (!command.isEmpty()) {
      text.append(", command ").append(String.join(" ", command));
    }
    directory.ifPresent(it -> text.append(", in ").append(it));
    service.ifPresent(it -> text.append(", service ").append(it));
    container.ifPresent(it -> text.append(", container ").append(it));
    return text.toString();
  }
}
