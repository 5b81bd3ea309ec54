// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A control group as systemd makes one for a service; gone when closed. */
final class ServiceGroup implements AutoCloseable {

  private static final Path MOUNT = Path.of("/sys/fs/cgroup");
  private static final String PROCESSES = "cgroup.procs";

  private final Path parent;
  private final Path folder;
  private final List<Long> inside = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param unit the name of the service, such as {@code web.service}
   */
  ServiceGroup(String unit) {
    try {
      parent = parent();
      folder = Files.createDirectory(parent.resolve(unit));
    } catch (IOException e) {
      throw new AssertionError("this test needs root and a writable cgroups(7), version 2", e);
    }
  }

  /** Only there it is one of the service manager: anybody may call a group of his own so. */
  private static Path parent() {
    Path beside = MOUNT.resolve("unified");
    return Files.isDirectory(beside) ? beside : MOUNT;
  }

  void add(long pid) throws IOException {
    inside.add(pid);
    Files.writeString(folder.resolve(PROCESSES), Long.toString(pid));
  }

  @Override
  public void close() {
    try {
      for (long pid : inside) {
        Files.writeString(parent.resolve(PROCESSES), Long.toString(pid));
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
