// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A control group whose memory can be limited, below that of this process; gone when closed. */
final class MemoryGroup implements AutoCloseable {

  private static final Path MOUNTS = Path.of("/sys/fs/cgroup");

  private final Path folder;

  private MemoryGroup(Path folder) {
    this.folder = folder;
  }

  static MemoryGroup create() {
    String name = "tcptable-test-" + ProcessHandle.current().pid();
    try {
      return new MemoryGroup(Files.createDirectory(parent().resolve(name)));
    } catch (IOException e) {
      throw new AssertionError("this test needs root and a writable cgroups(7) for memory", e);
    }
  }

  /** In version 2, only the root may hold both processes and limited groups. */
  private static Path parent() throws IOException {
    Path version1 = MOUNTS.resolve("memory");
    if (!Files.isDirectory(version1)) {
      Files.writeString(MOUNTS.resolve("cgroup.subtree_control"), "+memory");
      return MOUNTS;
    }
    return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
        .filter(line -> line.contains(":memory:"))
        .map(line -> version1.resolve(line.substring(line.lastIndexOf(':') + 2)))
        .findFirst()
        .orElse(version1);
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
