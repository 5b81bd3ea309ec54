// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static io.tcptable.binding.Buffers.hex;
import static io.tcptable.binding.Buffers.path;
import static io.tcptable.binding.Buffers.untouched;
import static io.tcptable.binding.Numbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.LinuxCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same calls give the same bytes by every provider, to the last one of each buffer. */
class SameAnswersIT {

  @TempDir private Path directory;

  @Test
  void toTheByte() throws IOException {
    Files.writeString(directory.resolve("file"), "some bytes");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
    Files.createDirectory(directory.resolve("below"));
    Map<String, List<String>> answers = new LinkedHashMap<>();
    try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getLoopbackAddress())) {
      Providers.all()
          .forEach((name, calls) -> answers.put(name, answers(calls, listener.getLocalPort())));
    }
    List<String> first = answers.get(Providers.names().get(0));
    assertThat(first).hasSizeGreaterThan(20);
    assertThat(answers)
        .allSatisfy((name, list) -> assertThat(list).containsExactlyElementsOf(first));
  }

  private List<String> answers(LinuxCalls calls, int port) {
    List<String> answers = new ArrayList<>();
    files(calls, answers);
    netlink(calls, port, answers);
    for (int pid : new int[] {NO_PROCESS, 0, -1}) {
      answers.add("pidfd_open " + calls.pidfd_open(pid, 0));
      ByteBuffer child = untouched(128);
      answers.add("waitid " + calls.waitid(P_PID, pid, child, WEXITED | WNOHANG) + hex(child));
    }
    return answers;
  }

  private void files(LinuxCalls calls, List<String> answers) {
    int there = calls.openat(AT_FDCWD, path(directory.toString()), O_RDONLY);
    ByteBuffer entries = untouched(1024);
    answers.add("getdents64 " + calls.getdents64(there, entries) + " " + hex(entries));
    for (String name : List.of("file", "link", "below", "missing", "file/below", "..", "")) {
      ByteBuffer target = untouched(64);
      answers.add("readlinkat " + calls.readlinkat(there, path(name), target) + " " + hex(target));
      ByteBuffer bytes = untouched(64, 48);
      int fd = calls.openat(there, path(name), O_RDONLY);
      answers.add(
          "read " + Math.min(fd, 0) + " " + (fd < 0 ? 0 : calls.read(fd, bytes)) + hex(bytes));
      answers.add("close " + calls.close(fd));
    }
    answers.add("close " + calls.close(there));
  }

  private static void netlink(LinuxCalls calls, int port, List<String> answers) {
    int netlink = calls.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    ByteBuffer request = Requests.dump(port);
    answers.add("send " + calls.send(netlink, request, 0));
    for (int i = 0; i < 3; i++) {
      ByteBuffer reply = untouched(1024);
      ByteBuffer sender = untouched(16);
      ByteBuffer length = untouched(4).putInt(0, 16);
      int received = calls.recvfrom(netlink, reply, MSG_DONTWAIT, sender, length);
      // The port id of this netlink socket, chosen by the kernel at its first message.
      reply.putInt(12, 0);
      answers.add("recvfrom " + received + " " + hex(reply) + hex(sender) + hex(length));
    }
    answers.add("close " + calls.close(netlink));
  }
}
