// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.ProcessPlace;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a process runs, and under whom. What this user may not know is empty.
 *
 * @param service the service of the system's supervisor that it belongs to: on Linux a unit of
 *     systemd, such as {@code web.service}, by the path of its control group; on Windows the
 *     services that have made its TCP sockets, such as {@code TermService}, several with a comma
 *     between them
 * @param userService whether that is a service of a user's own supervisor ({@code systemctl
 *     --user})
 * @param container the runtime of its container and the ID or name there, such as {@code docker
 *     5f3c0a...}; by the path of its control group as seen from here
 * @param networkNamespace the number of its network namespace, see {@code namespaces(7)}
 * @param pidNamespace the number of its PID namespace
 */
public record ProcessPlacement(
    Optional<String> service,
    boolean userService,
    Optional<String> container,
    OptionalLong networkNamespace,
    OptionalLong pidNamespace) {

  static ProcessPlacement of(ProcessPlace place) {
    return new ProcessPlacement(
        Optional.ofNullable(place.unit()),
        place.userUnit(),
        Optional.ofNullable(place.container()),
        ProcessStatus.known(place.networkNamespace()),
        ProcessStatus.known(place.pidNamespace()));
  }
}
