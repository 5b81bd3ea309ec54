// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.ProcessStatus;
import io.tcptable.internal.server.ServerProgram;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells whether a parent that does not hold the port is part of the server, and so would bring back
 * what was stopped. Stopping too few shows when the server comes back; stopping too many cannot be
 * undone. So a parent counts only if it is of the same session, has no child but those that are to
 * be stopped, is none of those that {@linkplain ServerProgram#isLauncher start servers for others},
 * and
 *
 * <ul>
 *   <li>runs the same program, of which they are forks, like the workers of a master,
 *   <li>runs the same program, which it started again as the same user, like a reloader,
 *   <li>is known as a reloader of any program, or
 *   <li>has their name and cannot be looked into by this user: it may hold the port itself.
 * </ul>
 */
final class ServerParent {

  private ServerParent() {}

  /**
   * Why a parent is part of the server; empty if it is not.
   *
   * @param child one that is to be stopped
   * @param stopped all that are to be stopped
   */
  static Optional<String> reason(OsProcess parent, OsProcess child, Collection<OsProcess> stopped) {
    if (!isKnownAndEqual(session(parent), session(child))
        || !stopped.containsAll(children(parent))
        || ServerProgram.isLauncher(parent)) {
      return Optional.empty();
    }
    if (ServerProgram.isReloader(parent)) {
      return Optional.of("is a reloader and runs " + child + ", and nobody else");
    }
    if (isHidden(parent) && parent.name().equals(child.name())) {
      return Optional.of("runs " + child + ", and may hold the port too: it cannot be looked into");
    }
    if (!isKnownAndEqual(parent.executable(), child.executable())
        || !isKnownAndEqual(ServerProgram.of(parent), ServerProgram.of(child))) {
      return Optional.empty();
    }
    if (isFork(parent, child)) {
      return Optional.of("has forked " + child + ", and nobody else");
    }
    return isKnownAndEqual(parent.user(), child.user())
        ? Optional.of("has started the same program again as " + child + ", and nobody else")
        : Optional.empty();
  }

  private static List<OsProcess> children(OsProcess parent) {
    return parent.descendants().stream()
        .filter(below -> below.parent().filter(parent::equals).isPresent())
        .filter(
            below ->
                below.status().filter(s -> s.state() != ProcessStatus.State.ZOMBIE).isPresent())
        .toList();
  }

  private static boolean isHidden(OsProcess process) {
    return process.status().filter(status -> status.openDescriptors().isEmpty()).isPresent();
  }

  private static boolean isKnownAndEqual(Optional<?> one, Optional<?> other) {
    return one.isPresent() && one.equals(other);
  }

  private static Optional<Long> session(OsProcess process) {
    return process.status().flatMap(status -> known(status.session()));
  }

  private static boolean isFork(OsProcess one, OsProcess other) {
    return isKnownAndEqual(image(one), image(other));
  }

  private static Optional<Long> image(OsProcess process) {
    return process.status().flatMap(status -> known(status.programImage()));
  }

  private static Optional<Long> known(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
