// SPDX-License-Identifier: Apache-2.0
package io.tcptable.budget;

import io.tcptable.internal.binding.LinuxCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Real system calls, counted by name; what is opened as {@code /proc} is a tree of the test. */
final class CountedCalls implements LinuxCalls {

  private static final String PROC = "/proc";

  private final LinuxCalls calls;
  private final ByteBuffer proc;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  CountedCalls(LinuxCalls calls, Path proc) {
    this.calls = calls;
    byte[] name = (proc + "\0").getBytes(StandardCharsets.UTF_8);
    this.proc = ByteBuffer.allocateDirect(name.length).put(0, name);
  }

  /** How often each has been made since this was asked last. */
  Map<String, Integer> take() {
    Map<String, Integer> taken = new TreeMap<>(counts);
    counts.clear();
    return taken;
  }

  private void count(String call) {
    counts.merge(call, 1, Integer::sum);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    count("socket");
    return calls.socket(domain, type, protocol);
  }

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    count("send");
    return calls.send(fd, message, flags);
  }

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    count("recvfrom");
    return calls.recvfrom(fd, message, flags, sender, senderLength);
  }

  @Override
  public int setsockopt(int fd, int level, int option, ByteBuffer value) {
    count("setsockopt");
    return calls.setsockopt(fd, level, option, value);
  }

  @Override
  public int openat(int directory, ByteBuffer path, int flags) {
    count("openat");
    return calls.openat(directory, isProc(path) ? proc : path, flags);
  }

  private static boolean isProc(ByteBuffer path) {
    for (int i = 0; i < PROC.length(); i++) {
      if (path.get(i) != PROC.charAt(i)) {
        return false;
      }
    }
    return path.get(PROC.length()) == 0;
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    count("getdents64");
    return calls.getdents64(fd, entries);
  }

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    count("readlinkat");
    return calls.readlinkat(directory, path, target);
  }

  @Override
  public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
    count("getxattr");
    return calls.getxattr(path, name, value);
  }

  @Override
  public int read(int fd, ByteBuffer bytes) {
    count("read");
    return calls.read(fd, bytes);
  }

  @Override
  public int close(int fd) {
    count("close");
    return calls.close(fd);
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    count("poll");
    return calls.poll(descriptors, timeoutMillis);
  }

  @Override
  public int pidfd_open(int pid, int flags) {
    count("pidfd_open");
    return calls.pidfd_open(pid, flags);
  }

  @Override
  public int waitid(int kind, int id, ByteBuffer information, int options) {
    count("waitid");
    return calls.waitid(kind, id, information, options);
  }

  @Override
  public int setns(int fd, int kind) {
    count("setns");
    return calls.setns(fd, kind);
  }

  @Override
  public int pidfd_send_signal(int pidfd, int signal, int flags) {
    count("pidfd_send_signal");
    return calls.pidfd_send_signal(pidfd, signal, flags);
  }

  @Override
  public int bpf_iter_create(int thread) {
    count("bpf_iter_create");
    return calls.bpf_iter_create(thread);
  }

  @Override
  public long mmap(long length, int protection, int flags, int fd, long offset) {
    count("mmap");
    return calls.mmap(length, protection, flags, fd, offset);
  }

  @Override
  public int munmap(long address, long length) {
    count("munmap");
    return calls.munmap(address, length);
  }

  @Override
  public ByteBuffer mapped(long address, int length) {
    return calls.mapped(address, length);
  }

  @Override
  public int bpf_state_changes_open(ByteBuffer request) {
    count("bpf_state_changes_open");
    return calls.bpf_state_changes_open(request);
  }
}
