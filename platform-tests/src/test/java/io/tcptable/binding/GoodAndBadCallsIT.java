// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static io.tcptable.binding.Buffers.events;
import static io.tcptable.binding.Buffers.path;
import static io.tcptable.binding.Buffers.pollIn;
import static io.tcptable.binding.Buffers.text;
import static io.tcptable.binding.Buffers.untouched;
import static io.tcptable.binding.Numbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.LinuxCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Each call with arguments that work and with some that do not, by each provider. */
class GoodAndBadCallsIT {

  @TempDir private Path directory;

  private static int open(LinuxCalls calls, String path) {
    int fd = calls.openat(AT_FDCWD, path(path), O_RDONLY);
    assertThat(fd).isNotNegative();
    return fd;
  }

  private static void close(LinuxCalls calls, int fd) {
    assertThat(calls.close(fd)).isZero();
  }

  private static int netlink(LinuxCalls calls) {
    int fd = calls.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    assertThat(fd).isNotNegative();
    return fd;
  }

  @EachProvider
  void socketAndClose(LinuxCalls calls) {
    int fd = calls.socket(AF_INET, SOCK_STREAM, 0);
    assertThat(fd).isNotNegative();
    assertThat(Path.of("/proc/self/fd/" + fd)).isSymbolicLink();
    assertThat(calls.close(fd)).isZero();
    assertThat(calls.close(NO_DESCRIPTOR)).isEqualTo(-EBADF);
    assertThat(calls.close(-1)).isEqualTo(-EBADF);

    assertThat(calls.socket(9999, SOCK_STREAM, 0)).isEqualTo(-EAFNOSUPPORT);
    assertThat(calls.socket(AF_INET, 77, 0)).isEqualTo(-EINVAL);
    assertThat(calls.socket(AF_INET, SOCK_STREAM, 250)).isEqualTo(-EPROTONOSUPPORT);
  }

  @EachProvider
  void send(LinuxCalls calls) {
    int netlink = netlink(calls);
    ByteBuffer noop = untouched(64, 16).putInt(0, 16).putShort(4, (short) 1);
    assertThat(calls.send(netlink, noop, 0)).isEqualTo(16);
    close(calls, netlink);

    assertThat(calls.send(NO_DESCRIPTOR, noop, 0)).isEqualTo(-EBADF);
    int file = open(calls, "/dev/null");
    assertThat(calls.send(file, noop, 0)).isEqualTo(-ENOTSOCK);
    close(calls, file);
    int unconnected = calls.socket(AF_INET, SOCK_STREAM, 0);
    assertThat(calls.send(unconnected, noop, MSG_NOSIGNAL)).isEqualTo(-EPIPE);
    close(calls, unconnected);
  }

  @EachProvider
  void recvfrom(LinuxCalls calls) {
    ByteBuffer message = untouched(64);
    ByteBuffer sender = untouched(12);
    ByteBuffer length = untouched(4).putInt(0, 12);
    int netlink = netlink(calls);
    assertThat(calls.recvfrom(netlink, message, MSG_DONTWAIT, sender, length)).isEqualTo(-EAGAIN);
    close(calls, netlink);

    assertThat(calls.recvfrom(NO_DESCRIPTOR, message, 0, sender, length)).isEqualTo(-EBADF);
    int file = open(calls, "/dev/null");
    assertThat(calls.recvfrom(file, message, 0, sender, length)).isEqualTo(-ENOTSOCK);
    close(calls, file);
    int unconnected = calls.socket(AF_INET, SOCK_STREAM, 0);
    assertThat(calls.recvfrom(unconnected, message, 0, sender, length)).isEqualTo(-ENOTCONN);
    close(calls, unconnected);
    assertThat(message).isEqualTo(untouched(64));
  }

  @EachProvider
  void setsockopt(LinuxCalls calls) {
    int netlink = netlink(calls);
    ByteBuffer number = untouched(8, 4).putInt(0, 4096);
    assertThat(calls.setsockopt(netlink, SOL_SOCKET, SO_RCVBUF, number)).isZero();
    assertThat(calls.setsockopt(netlink, SOL_SOCKET, SO_RCVBUF, untouched(8, 3)))
        .isEqualTo(-EINVAL);
    assertThat(calls.setsockopt(netlink, SOL_SOCKET, 9999, number)).isEqualTo(-ENOPROTOOPT);
    close(calls, netlink);

    assertThat(calls.setsockopt(NO_DESCRIPTOR, SOL_SOCKET, SO_RCVBUF, number)).isEqualTo(-EBADF);
    int file = open(calls, "/dev/null");
    assertThat(calls.setsockopt(file, SOL_SOCKET, SO_RCVBUF, number)).isEqualTo(-ENOTSOCK);
    close(calls, file);
  }

  @EachProvider
  void mmap(LinuxCalls calls) throws IOException {
    Files.writeString(directory.resolve("file"), "mapped");
    int file = open(calls, directory.resolve("file").toString());
    long address = calls.mmap(4096, PROT_READ, MAP_SHARED, file, 0);
    assertThat(address).isPositive();
    ByteBuffer bytes = calls.mapped(address, 4096);
    assertThat(bytes.isDirect()).isTrue();
    assertThat(bytes.capacity()).isEqualTo(4096);
    assertThat(bytes.order()).isEqualTo(ByteOrder.nativeOrder());
    assertThat(text(bytes, 7)).isEqualTo("mapped\0");
    assertThat(calls.munmap(address, 4096)).isZero();

    assertThat(calls.mmap(4096, PROT_READ, MAP_SHARED, file, 1)).isEqualTo(-EINVAL);
    assertThat(calls.munmap(1, 4096)).isEqualTo(-EINVAL);
    close(calls, file);
    assertThat(calls.mmap(4096, PROT_READ, MAP_SHARED, NO_DESCRIPTOR, 0)).isEqualTo(-EBADF);
  }

  @EachProvider
  void openat(LinuxCalls calls) throws IOException {
    Files.writeString(directory.resolve("file"), "x");
    int there = open(calls, directory.toString());
    int file = calls.openat(there, path("file"), O_RDONLY);
    assertThat(file).isNotNegative();

    assertThat(calls.openat(there, path("missing"), O_RDONLY)).isEqualTo(-ENOENT);
    assertThat(calls.openat(there, path("file/below"), O_RDONLY)).isEqualTo(-ENOTDIR);
    assertThat(calls.openat(file, path("below"), O_RDONLY)).isEqualTo(-ENOTDIR);
    assertThat(calls.openat(NO_DESCRIPTOR, path("file"), O_RDONLY)).isEqualTo(-EBADF);
    assertThat(calls.openat(AT_FDCWD, path(directory.toString()), O_WRONLY)).isEqualTo(-EISDIR);
    assertThat(calls.openat(AT_FDCWD, path("a".repeat(5000)), O_RDONLY)).isEqualTo(-ENAMETOOLONG);
    close(calls, file);
    close(calls, there);
  }

  @EachProvider
  void getdents64(LinuxCalls calls) throws IOException {
    Files.writeString(directory.resolve("some-file"), "x");
    int there = open(calls, directory.toString());
    ByteBuffer entries = untouched(4096);
    int length = calls.getdents64(there, entries);
    assertThat(length).isPositive();
    assertThat(text(entries, length)).contains("some-file\0");
    assertThat(calls.getdents64(there, entries)).isZero();
    close(calls, there);

    int again = open(calls, directory.toString());
    assertThat(calls.getdents64(again, untouched(64, 8))).isEqualTo(-EINVAL);
    close(calls, again);
    int file = open(calls, "/dev/null");
    assertThat(calls.getdents64(file, entries)).isEqualTo(-ENOTDIR);
    close(calls, file);
    assertThat(calls.getdents64(NO_DESCRIPTOR, entries)).isEqualTo(-EBADF);
  }

  @EachProvider
  void getxattr(LinuxCalls calls) throws IOException {
    Path file = Files.createFile(directory.resolve("with-attribute"));
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write("colour", StandardCharsets.US_ASCII.encode("green"));
    ByteBuffer value = untouched(64);
    int length = calls.getxattr(path(file.toString()), path("user.colour"), value);
    assertThat(text(value, length)).isEqualTo("green");

    assertThat(calls.getxattr(path(file.toString()), path("security.capability"), value))
        .isEqualTo(-ENODATA);
    assertThat(calls.getxattr(path(directory + "/missing"), path("user.colour"), value))
        .isEqualTo(-ENOENT);
  }

  @EachProvider
  void readlinkat(LinuxCalls calls) throws IOException {
    Files.createSymbolicLink(directory.resolve("link"), Path.of("somewhere/else"));
    int there = open(calls, directory.toString());
    ByteBuffer target = untouched(64);
    int length = calls.readlinkat(there, path("link"), target);
    assertThat(text(target, length)).isEqualTo("somewhere/else");

    assertThat(calls.readlinkat(there, path("missing"), target)).isEqualTo(-ENOENT);
    assertThat(calls.readlinkat(AT_FDCWD, path("/dev/null"), target)).isEqualTo(-EINVAL);
    assertThat(calls.readlinkat(NO_DESCRIPTOR, path("link"), target)).isEqualTo(-EBADF);
    close(calls, there);
  }

  /** A binding that reads none leaves all as it was. */
  @EachProvider
  void socket_links(LinuxCalls calls) throws IOException {
    Files.createSymbolicLink(directory.resolve("some"), Path.of("socket:[4026531840]"));
    Files.createSymbolicLink(directory.resolve("other"), Path.of("socket:[77]"));
    Files.createSymbolicLink(directory.resolve("pipe"), Path.of("pipe:[5]"));
    Files.createSymbolicLink(directory.resolve("x".repeat(200)), Path.of("y".repeat(200)));
    int there = open(calls, directory.toString());
    ByteBuffer entries = untouched(4096);
    entries.limit(calls.getdents64(there, entries));
    ByteBuffer links = untouched(64);

    int read = calls.socket_links(there, entries, links);
    if (read != 0) {
      assertThat(read).isEqualTo(entries.limit());
      assertThat(links.getInt(0)).as("links").isEqualTo(4);
      assertThat(links.getInt(4)).as("sockets").isEqualTo(2);
      assertThat(List.of(links.getLong(8), links.getLong(16)))
          .containsExactlyInAnyOrder(77L, 4_026_531_840L);
    }

    Files.writeString(directory.resolve("no-link"), "x");
    close(calls, there);
    there = open(calls, directory.toString());
    entries = untouched(4096);
    entries.limit(calls.getdents64(there, entries));
    read = calls.socket_links(there, entries, links);
    assertThat(read).as("it stops where one cannot be read").isLessThan(entries.limit());
    assertThat(calls.socket_links(there, entries.limit(0), links)).isZero();
    close(calls, there);
  }

  @EachProvider
  void read(LinuxCalls calls) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "twelve bytes");
    int fd = open(calls, file.toString());
    ByteBuffer bytes = untouched(64);
    assertThat(calls.read(fd, bytes)).isEqualTo(12);
    assertThat(text(bytes, 12)).isEqualTo("twelve bytes");
    assertThat(calls.read(fd, bytes)).isZero();
    close(calls, fd);

    int there = open(calls, directory.toString());
    assertThat(calls.read(there, bytes)).isEqualTo(-EISDIR);
    close(calls, there);
    assertThat(calls.read(NO_DESCRIPTOR, bytes)).isEqualTo(-EBADF);
  }

  @EachProvider
  void poll(LinuxCalls calls) {
    int netlink = netlink(calls);
    ByteBuffer waiting = pollIn(netlink);
    assertThat(calls.poll(waiting, 0)).isZero();
    assertThat(events(waiting)).isZero();
    long before = System.nanoTime();
    assertThat(calls.poll(waiting, 30)).isZero();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(29_000_000);
    close(calls, netlink);

    ByteBuffer bad = pollIn(NO_DESCRIPTOR);
    assertThat(calls.poll(bad, 0)).isEqualTo(1);
    assertThat(events(bad)).isEqualTo(POLLNVAL);
  }

  @EachProvider
  void pidfds(LinuxCalls calls) {
    assertThat(calls.pidfd_open(NO_PROCESS, 0)).isEqualTo(-ESRCH);
    assertThat(calls.pidfd_open(0, 0)).isEqualTo(-EINVAL);
    int self = Math.toIntExact(ProcessHandle.current().pid());
    assertThat(calls.pidfd_open(self, 1)).isEqualTo(-EINVAL);

    int pidfd = calls.pidfd_open(self, 0);
    assertThat(pidfd).isNotNegative();
    assertThat(calls.pidfd_send_signal(pidfd, 0, 0)).isZero();
    assertThat(calls.pidfd_send_signal(pidfd, 9999, 0)).isEqualTo(-EINVAL);
    close(calls, pidfd);
    assertThat(calls.pidfd_send_signal(NO_DESCRIPTOR, 0, 0)).isEqualTo(-EBADF);
    int file = open(calls, "/dev/null");
    assertThat(calls.pidfd_send_signal(file, 0, 0)).isEqualTo(-EBADF);
    close(calls, file);
  }

  /** The child is the JVM's, so it is not waited for here. */
  @EachProvider
  void children(LinuxCalls calls) throws Exception {
    ByteBuffer information = untouched(128);
    assertThat(calls.waitid(P_PID, NO_PROCESS, information, WEXITED | WNOHANG)).isEqualTo(-ECHILD);
    assertThat(calls.waitid(NO_KIND, 0, information, WEXITED)).isEqualTo(-EINVAL);

    Process child = new ProcessBuilder("sleep", "60").start();
    int pid = Math.toIntExact(child.pid());
    assertThat(calls.waitid(P_PID, pid, information, WEXITED | WNOHANG | WNOWAIT)).isZero();
    assertThat(information.getInt(SI_PID)).as("it has not ended").isZero();
    child.destroyForcibly();
    assertThat(child.waitFor()).isEqualTo(128 + SIGKILL);
    assertThat(calls.waitid(P_PID, pid, information, WEXITED | WNOHANG)).isEqualTo(-ECHILD);
  }

  @EachProvider
  void namespaces(LinuxCalls calls) {
    assertThat(calls.setns(NO_DESCRIPTOR, 0)).isEqualTo(-EBADF);
    int file = open(calls, "/dev/null");
    assertThat(calls.setns(file, 0)).isEqualTo(-EINVAL);
    close(calls, file);
  }
}
