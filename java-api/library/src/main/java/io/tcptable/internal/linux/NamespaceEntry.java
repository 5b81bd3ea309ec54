// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.concurrent.UninterruptedWait;
import io.tcptable.internal.linux.NetworkNamespaces.Place;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.kernel.ProcCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Enters network namespaces, by {@code setns(2)} on a thread that ends with the visit: a thread
 * that stayed there would answer other questions wrongly later. Nothing may be called there that
 * starts a thread which outlives it, since that would be born in the namespace too.
 *
 * <p>A namespace is entered by a descriptor whose number was verified: the PID by which it was
 * found may belong to another process meanwhile.
 */
final class NamespaceEntry {

  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int O_CLOEXEC = 0x80000;

  private static final Path OPEN = Path.of("/proc/thread-self/fd");

  /** How a namespace is looked at. */
  enum Way {
    /** It is the one of the thread that asked, which looks itself. */
    OWN,
    /** The thread that looks has entered it. */
    ENTERED,
    /** It could not be entered. */
    REFUSED
  }

  /** What looks at a namespace. */
  @FunctionalInterface
  interface Visitor {
    void visit(Place place, Way way);
  }

  private NamespaceEntry() {}

  /**
   * Visits one after the other.
   *
   * @param calls the seam, or null if there is none
   */
  static void visit(List<Place> places, @Nullable LinuxCalls calls, Visitor visitor) {
    places.stream()
        .filter(place -> place.namespace().isOwn())
        .forEach(place -> visitor.visit(place, Way.OWN));
    List<Place> others = places.stream().filter(place -> !place.namespace().isOwn()).toList();
    if (others.isEmpty()) {
      return;
    }
    if (calls == null) {
      others.forEach(place -> visitor.visit(place, Way.REFUSED));
      return;
    }
    FutureTask<Void> visits =
        new FutureTask<>(
            () ->
                others.forEach(
                    place ->
                        visitor.visit(place, isEntered(place, calls) ? Way.ENTERED : Way.REFUSED)),
            null);
    Thread thread = new Thread(visits, "tcptable-namespaces");
    thread.setDaemon(true);
    thread.start();
    UninterruptedWait.join(thread);
    UninterruptedWait.result(visits);
  }

  private static boolean isEntered(Place place, LinuxCalls calls) {
    return Stream.concat(
            place.file().stream(), place.processes().stream().map(it -> it.resolve("ns/net")))
        .anyMatch(way -> isEntered(way, place.namespace().inode(), calls));
  }

  private static boolean isEntered(Path way, long inode, LinuxCalls calls) {
    int fd = open(way, calls);
    if (fd < 0) {
      return false;
    }
    try {
      return isOf(fd, inode) && calls.setns(fd, CLONE_NEWNET) == 0;
    } finally {
      calls.close(fd);
    }
  }

  private static int open(Path file, LinuxCalls calls) {
    byte[] path = file.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = CallBuffer.allocate(path.length + 1);
    buffer.put(0, path);
    int fd;
    do {
      fd = calls.openat(ProcCalls.AT_FDCWD, buffer, O_CLOEXEC);
    } while (fd == -Errno.EINTR);
    return fd;
  }

  private static boolean isOf(int fd, long inode) {
    try {
      Object number = Files.getAttribute(OPEN.resolve(Integer.toString(fd)), "unix:ino");
      return number.equals(inode);
    } catch (IOException e) {
      return false;
    }
  }
}
