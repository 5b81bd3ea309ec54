// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.nio.file.Path;

/** In which network namespace the target of a forwarder is. */
public sealed interface ForwardPlace {

  /** In that of this process, or in the one that has the address. */
  record OfAddress() implements ForwardPlace {}

  /** In that of its child process: it was made for that. */
  record OfChild() implements ForwardPlace {}

  /**
   * In that of another process.
   *
   * @param pid as the forwarder has it
   */
  record OfProcess(long pid) implements ForwardPlace {}

  /**
   * In one that a file keeps, see {@code ip-netns(8)}.
   *
   * @param file as the forwarder was told it: a path, or a name alone
   */
  record OfFile(Path file) implements ForwardPlace {}

  /** On another machine, real or virtual. */
  record OtherMachine() implements ForwardPlace {}
}
