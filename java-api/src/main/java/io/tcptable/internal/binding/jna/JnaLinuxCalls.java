package io.tcptable.internal.binding.jna;

import com.sun.jna.Native;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.SystemCall;
import java.nio.ByteBuffer;

/** The system calls through the C library and JNA. */
public final class JnaLinuxCalls implements LinuxCalls {

  private static final int POLLFD_SIZE = 8;

  private final int getdents64 = SystemCall.getdents64();

  /** Makes a call that does nothing, so that JNA is loaded now or not at all. */
  public JnaLinuxCalls() {
    LibC.close(-1);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return result(LibC.socket(domain, type, protocol));
  }

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    return result(LibC.send(fd, message, message.limit(), flags));
  }

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    return result(LibC.recvfrom(fd, message, message.limit(), flags, sender, senderLength));
  }

  @Override
  public int openat(int directory, ByteBuffer path, int flags) {
    return result(LibC.openat(directory, path, flags));
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    return result(LibC.syscall(getdents64, fd, entries, entries.limit()));
  }

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    return result(LibC.readlinkat(directory, path, target, target.limit()));
  }

  @Override
  public int read(int fd, ByteBuffer bytes) {
    return result(LibC.read(fd, bytes, bytes.limit()));
  }

  @Override
  public int close(int fd) {
    return result(LibC.close(fd));
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    return result(LibC.poll(descriptors, descriptors.limit() / POLLFD_SIZE, timeoutMillis));
  }

  @Override
  public int pidfd_open(int pid, int flags) {
    return result(LibC.syscall(SystemCall.PIDFD_OPEN, pid, flags, 0L, 0));
  }

  @Override
  public int pidfd_send_signal(int pidfd, int signal, int flags) {
    return result(LibC.syscall(SystemCall.PIDFD_SEND_SIGNAL, pidfd, signal, 0L, flags));
  }

  private static int result(long returned) {
    return returned >= 0 ? (int) returned : -Native.getLastError();
  }
}
