// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static io.tcptable.binding.Buffers.UNTOUCHED;
import static io.tcptable.binding.Buffers.bytes;
import static io.tcptable.binding.Buffers.path;
import static io.tcptable.binding.Buffers.untouched;
import static io.tcptable.binding.Numbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.LinuxCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/** No call reads or writes behind a buffer's limit, even where there is room. */
class BufferLimitsIT {

  private static void assertUntouchedFrom(int index, ByteBuffer buffer) {
    byte[] all = bytes(buffer);
    byte[] rest = Arrays.copyOfRange(all, index, all.length);
    assertThat(rest).isNotEmpty().containsOnly(UNTOUCHED);
  }

  @EachProvider
  void read(LinuxCalls calls) {
    int zeros = calls.openat(AT_FDCWD, path("/dev/zero"), O_RDONLY);
    ByteBuffer bytes = untouched(4096, 5);
    assertThat(calls.read(zeros, bytes)).isEqualTo(5);
    assertThat(Arrays.copyOf(bytes(bytes), 5)).containsOnly(0);
    assertUntouchedFrom(5, bytes);
    assertThat(calls.read(zeros, untouched(16, 0))).isZero();
    calls.close(zeros);
  }

  @EachProvider
  void readlinkat(LinuxCalls calls) {
    ByteBuffer target = untouched(4096, 4);
    assertThat(calls.readlinkat(AT_FDCWD, path("/proc/self/exe"), target)).isEqualTo(4);
    assertThat(bytes(target)).startsWith('/');
    assertUntouchedFrom(4, target);
  }

  @EachProvider
  void getxattr(LinuxCalls calls, @TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write("short", ByteBuffer.wrap(new byte[4]));
    ByteBuffer value = untouched(4096, 4);
    assertThat(calls.getxattr(path(file.toString()), path("user.short"), value)).isEqualTo(4);
    assertThat(Arrays.copyOf(bytes(value), 4)).containsOnly(0);
    assertUntouchedFrom(4, value);
    assertThat(calls.getxattr(path(file.toString()), path("user.short"), untouched(4096, 3)))
        .isEqualTo(-ERANGE);
  }

  @EachProvider
  void socket_links(LinuxCalls calls, @TempDir Path directory) throws IOException {
    for (int i = 1; i <= 20; i++) {
      Files.createSymbolicLink(directory.resolve("link-" + i), Path.of("socket:[" + i + "]"));
    }
    int fd = calls.openat(AT_FDCWD, path(directory.toString()), O_RDONLY);
    ByteBuffer entries = untouched(4096);
    int length = calls.getdents64(fd, entries);
    ByteBuffer links = untouched(4096, 8 + 3 * 8 + 7);
    int read = calls.socket_links(fd, entries.limit(length), links);
    assertThat(read).as("no room for more than three").isLessThan(length);
    assertUntouchedFrom(8 + 3 * 8, links);
    int cut = calls.socket_links(fd, entries.limit(length - 1), untouched(4096));
    assertThat(cut).as("the last one is cut off").isLessThan(length - 1);
    assertThat(calls.socket_links(fd, entries, untouched(64, 7))).as("no room").isZero();
    calls.close(fd);
  }

  @EachProvider
  void getdents64(LinuxCalls calls, @TempDir Path directory) throws IOException {
    for (int i = 0; i < 100; i++) {
      Files.createFile(directory.resolve("file-" + i));
    }
    int fd = calls.openat(AT_FDCWD, path(directory.toString()), O_RDONLY);
    ByteBuffer entries = untouched(4096, 100);
    assertThat(calls.getdents64(fd, entries)).isBetween(1, 100);
    assertUntouchedFrom(100, entries);
    calls.close(fd);
  }

  @EachProvider
  void send(LinuxCalls calls) {
    int netlink = calls.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    assertThat(calls.send(netlink, untouched(4096, 16), 0)).isEqualTo(16);
    calls.close(netlink);
  }

  @EachProvider
  void recvfrom(LinuxCalls calls) {
    int netlink = calls.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    assertThat(calls.send(netlink, Requests.refused(), 0)).isEqualTo(Requests.refused().limit());
    ByteBuffer message = untouched(4096, 20);
    ByteBuffer sender = untouched(64);
    ByteBuffer length = untouched(4).putInt(0, 8);
    int received = calls.recvfrom(netlink, message, MSG_DONTWAIT | MSG_TRUNC, sender, length);
    assertThat(received).as("the whole length, though cut off").isGreaterThan(20);
    assertUntouchedFrom(20, message);
    assertUntouchedFrom(8, sender);
    assertThat(length.getInt(0)).as("the length that the sender's address has").isEqualTo(12);
    calls.close(netlink);
  }

  @EachProvider
  void poll(LinuxCalls calls) {
    ByteBuffer two = untouched(16, 8);
    two.putInt(0, NO_DESCRIPTOR).putInt(4, POLLIN);
    assertThat(calls.poll(two, 0)).as("one descriptor is within the limit").isEqualTo(1);
    assertUntouchedFrom(8, two);
  }
}
