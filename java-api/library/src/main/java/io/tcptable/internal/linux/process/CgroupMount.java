// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a hierarchy of control groups is mounted, by {@code proc_pid_mountinfo(5)}: {@code 35 31
 * 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory}.
 *
 * @param root the group that is mounted: not always the topmost
 * @param point where
 */
record CgroupMount(String root, Path point) {

  static Optional<CgroupMount> version1(String mountinfo, String controller) {
    return mountinfo
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> hasOption(fields, "cgroup", controller))
        .map(CgroupMount::of)
        .findFirst();
  }

  static Optional<CgroupMount> version2(String mountinfo) {
    return mountinfo
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> type(fields).equals("cgroup2"))
        .map(CgroupMount::of)
        .findFirst();
  }

  private static CgroupMount of(String[] fields) {
    return new CgroupMount(fields[3], Path.of(fields[4]));
  }

  private static boolean hasOption(String[] fields, String type, String option) {
    return type(fields).equals(type)
        && Arrays.asList(fields[fields.length - 1].split(",", -1)).contains(option);
  }

  /** The file system: what follows the dash, which ends the optional fields. */
  private static String type(String[] fields) {
    int dash = Arrays.asList(fields).indexOf("-");
    return dash > 0 && dash + 1 < fields.length ? fields[dash + 1] : "";
  }

  /** The directories of a group and of all above it, as far as they are mounted here. */
  List<Path> upwards(String group) {
    List<Path> directories = new ArrayList<>();
    Path below = Path.of(root).relativize(Path.of(group));
    if (group.startsWith("/..") || below.startsWith("..")) {
      return directories;
    }
    for (int depth = below.toString().isEmpty() ? 0 : below.getNameCount(); depth > 0; depth--) {
      directories.add(point.resolve(below.subpath(0, depth)));
    }
    directories.add(point);
    return directories;
  }
}
