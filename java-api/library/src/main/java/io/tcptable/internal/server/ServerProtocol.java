// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What programs speak that do not speak HTTP, from the file {@code protocols.txt}. */
public final class ServerProtocol {

  private static final Map<String, String> BY_PROGRAM =
      ProgramNames.lines("protocols.txt").stream()
          .map(line -> line.split(" *\\| *", -1))
          .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));

  private ServerProtocol() {}

  /** The protocol of a program of that name, upper or lower case; empty if it is not known. */
  public static Optional<String> of(String program) {
    return Optional.ofNullable(BY_PROGRAM.get(program.toLowerCase(Locale.ROOT)));
  }
}
