// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A control group as systemd makes one for a service, below that of this process; gone when closed.
 */
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

  private static Path parent() throws IOException {
    Path beside = MOUNT.resolve("unified");
    String own =
        Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
            .filter(line -> line.startsWith("0::/"))
            .map(line -> line.substring("0::/".length()))
            .findFirst()
            .orElse("");
    return (Files.isDirectory(beside) ? beside : MOUNT).resolve(own);
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
