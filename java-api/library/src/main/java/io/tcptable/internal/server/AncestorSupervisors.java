// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The supervisors above processes, each ancestor looked at once: the processes of one server have
 * most of them in common.
 */
final class AncestorSupervisors {

  /** Whose supervisor it is, and for servers of which user: it may be believed for one only. */
  private record Place(long child, Optional<String> user) {}

  private final Viewpoint view;
  private final Map<Place, Optional<Supervisor>> known = new HashMap<>();

  AncestorSupervisors(Viewpoint view) {
    this.view = view;
  }

  /**
   * Looks upwards, as far as the first process that this one descends from too: what lies above is
   * what both run in, such as a desktop.
   *
   * @param supervisor whether an ancestor is one, for its child
   */
  Optional<Supervisor> above(
      ServerProcess server,
      BiFunction<ServerProcess, ServerProcess, Optional<Supervisor>> supervisor) {
    List<Place> passed = new ArrayList<>();
    Optional<Supervisor> found = Optional.empty();
    Optional<ServerProcess> child = Optional.of(server);
    while (child.isPresent()) {
      Place place = new Place(child.get().pid(), server.user());
      if (known.containsKey(place)) {
        found = known.getOrDefault(place, Optional.empty());
        break;
      }
      // Should the chain end in itself, there is none.
      known.put(place, Optional.empty());
      passed.add(place);
      Optional<ServerProcess> above = child.get().parent();
      if (above.isPresent()) {
        found = supervisor.apply(above.get(), child.get());
        if (found.isPresent() || view.isOwnAncestor().test(above.get().pid())) {
          break;
        }
      }
      child = above;
    }
    for (Place place : passed) {
      known.put(place, found);
    }
    return found;
  }
}
