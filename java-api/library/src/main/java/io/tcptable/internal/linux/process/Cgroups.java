// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The control groups a process is in, by {@code /proc/PID/cgroup}, see {@code cgroups(7)}: one line
 * for each hierarchy, as {@code 4:memory:/system.slice/web.service}, and {@code 0::/...} for that
 * of version 2.
 *
 * @param hierarchies in the order of the file
 */
record Cgroups(List<Hierarchy> hierarchies) {

  /**
   * @param controllers what it controls, empty for version 2; or {@code name=systemd}
   * @param path below where the hierarchy is mounted, starting with {@code /}
   */
  record Hierarchy(List<String> controllers, String path) {

    boolean isVersion2() {
      return controllers.isEmpty();
    }
  }

  static Cgroups parse(ProcText text) {
    return new Cgroups(
        text.lines().stream()
            .map(line -> line.split(":", 3))
            .filter(fields -> fields.length == 3)
            .map(fields -> new Hierarchy(controllers(fields[1]), fields[2]))
            .toList());
  }

  private static List<String> controllers(String field) {
    return field.isEmpty() ? List.of() : Arrays.asList(field.split(",", -1));
  }

  Optional<Hierarchy> version2() {
    return hierarchies.stream().filter(Hierarchy::isVersion2).findFirst();
  }

  Optional<Hierarchy> controlling(String controller) {
    return hierarchies.stream().filter(h -> h.controllers().contains(controller)).findFirst();
  }

  /** Where supervisors and container runtimes put the process: the paths that say something. */
  List<String> paths() {
    return hierarchies.stream()
        .map(Hierarchy::path)
        .filter(path -> !path.equals("/"))
        .distinct()
        .toList();
  }
}
