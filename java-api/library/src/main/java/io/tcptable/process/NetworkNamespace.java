// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network namespace of Linux, see {@code network_namespaces(7)}: addresses, ports and sockets of
 * its own, such as those of a container.
 *
 * @param inode its number, as in {@code net:[4026531840]}; while it exists, no other has it
 * @param isOwn whether it is the one of the thread that asked
 * @param name how {@code ip-netns(8)} calls it; empty if it has no name there
 * @param pid the lowest PID of the processes in it that this user may see; empty if there is none
 * @param container the runtime and the ID or name of the container of that process, such as {@code
 *     docker 5f3c0a}, by the path of its control group
 */
public record NetworkNamespace(
    long inode,
    boolean isOwn,
    Optional<String> name,
    OptionalLong pid,
    Optional<String> container) {

  /** None of them is null. */
  public NetworkNamespace {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(pid, "pid");
    Objects.requireNonNull(container, "container");
  }

  /** Its name if it has one, else its container, else its number: {@code net:[4026531840]}. */
  @Override
  public String toString() {
    return name.or(() -> container).orElse("net:[" + inode + "]");
  }
}
