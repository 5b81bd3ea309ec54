// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Programs that hold ports only to forward them, from the file {@code forwarders.txt}. */
final class ForwarderPrograms {

  /**
   * One of them.
   *
   * @param name as a file is called; a {@code *} at the end stands for any ending
   * @param target for whom it forwards
   * @param advice what to do instead of stopping it
   */
  record Forwarder(String name, String target, String advice) {

    private boolean is(String program) {
      return name.endsWith("*")
          ? program.startsWith(name.substring(0, name.length() - 1))
          : program.equals(name);
    }
  }

  private static final List<Forwarder> ALL =
      ProgramNames.lines("forwarders.txt").stream().map(ForwarderPrograms::parse).toList();

  private ForwarderPrograms() {}

  private static Forwarder parse(String line) {
    String[] parts = line.split(" *\\| *", -1);
    return new Forwarder(parts[0], parts[1], parts[2]);
  }

  /** What is known of a program of that name, upper or lower case. */
  static Optional<Forwarder> of(String program) {
    String lower = program.toLowerCase(Locale.ROOT);
    return ALL.stream().filter(it -> it.is(lower)).findFirst();
  }
}
