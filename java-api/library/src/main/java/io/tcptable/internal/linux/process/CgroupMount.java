// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a hierarchy of control groups is mounted, by {@code proc_pid_mountinfo(5)}: {@code 35 31
 * 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory}.
 *
 * @param root the group that is mounted: not always the topmost
 * @param point the directory
 */
record CgroupMount(String root, String point) {

  private static final int ROOT_FIELD = 3;
  private static final int POINT_FIELD = 4;

  /** How the kernel writes a blank, a tab, a line feed and a backslash. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

  static Optional<CgroupMount> version1(ProcText mountinfo, String controller) {
    return first(mountinfo, fields -> hasOption(fields, "cgroup", controller));
  }

  static Optional<CgroupMount> version2(ProcText mountinfo) {
    return first(mountinfo, fields -> type(fields).equals("cgroup2"));
  }

  private static Optional<CgroupMount> first(ProcText mountinfo, Predicate<String[]> wanted) {
    return mountinfo.lines().stream()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > POINT_FIELD && wanted.test(fields))
        .map(fields -> new CgroupMount(name(fields[ROOT_FIELD]), name(fields[POINT_FIELD])))
        .findFirst();
  }

  private static String name(String field) {
    return ESCAPED
        .matcher(field)
        .replaceAll(
            octal ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(octal.group(1), 8))));
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
  List<String> upwards(String group) {
    String top = root.equals("/") ? "" : root;
    if (group.startsWith("/..") || !(group + "/").startsWith(top + "/")) {
      return List.of();
    }
    List<String> directories = new ArrayList<>();
    String below = group.equals("/") ? "" : group.substring(top.length());
    for (; !below.isEmpty(); below = below.substring(0, below.lastIndexOf('/'))) {
      directories.add(point + below);
    }
    directories.add(point);
    return directories;
  }
}
