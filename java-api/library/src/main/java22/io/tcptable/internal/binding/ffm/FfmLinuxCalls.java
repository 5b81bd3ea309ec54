// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The system calls through the C library and the Foreign Function and Memory API. */
public final class FfmLinuxCalls implements LinuxCalls {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      CALL_STATE.byteOffset(StructLayout.PathElement.groupElement("errno"));

  /** Where the linker saves errno, before the JVM can change it; one a thread. */
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

  private static final int POLLFD_SIZE = 8;

  private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SEND =
      call("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECVFROM =
      call("recvfrom", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle OPENAT = call("openat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle READLINKAT =
      call("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle GETXATTR =
      call("getxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle READ = call("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

  /** Addresses are numbers, as none of them is followed here. */
  private static final MethodHandle MMAP =
      call("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);

  private static final MethodHandle MUNMAP = call("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);

  private static final long NO_ADDRESS = 0;

  private static final long SYS_GETDENTS64 = SystemCall.getdents64();

  /** With a descriptor, a buffer and its length after the number. */
  private static final MethodHandle SYSCALL_ON_BUFFER = syscall(JAVA_INT, ADDRESS, JAVA_LONG);

  /** With two numbers, a pointer, which is always null, and a number after that of the call. */
  private static final MethodHandle SYSCALL_ON_NUMBERS =
      syscall(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);

  /** Linked when it is first called: few programs wait, and each handle costs time at the start. */
  private static final class Waiting {
    static final MethodHandle WAITID =
        call("waitid", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  }

  private @Nullable FfmBpfPrograms programs;

  private static MethodHandle call(String name, ValueLayout result, ValueLayout... parameters) {
    return link(name, FunctionDescriptor.of(result, parameters), CAPTURE_ERRNO);
  }

  /** For calls that not every C library has a function for. */
  private static MethodHandle syscall(ValueLayout... arguments) {
    FunctionDescriptor signature =
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG).appendArgumentLayouts(arguments);
    return link("syscall", signature, CAPTURE_ERRNO, Linker.Option.firstVariadicArg(1));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle link(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    MemorySegment function =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    return LINKER.downcallHandle(function, signature, options);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    MemorySegment state = STATE.get();
    try {
      return result((int) SOCKET.invokeExact(state, domain, type, protocol), state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int send(int fd, ByteBuffer message, int flags) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long)
              SEND.invokeExact(
                  state, fd, MemorySegment.ofBuffer(message), (long) message.limit(), flags),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int recvfrom(
      int fd, ByteBuffer message, int flags, ByteBuffer sender, ByteBuffer senderLength) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long)
              RECVFROM.invokeExact(
                  state,
                  fd,
                  MemorySegment.ofBuffer(message),
                  (long) message.limit(),
                  flags,
                  MemorySegment.ofBuffer(sender),
                  MemorySegment.ofBuffer(senderLength)),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int setsockopt(int fd, int level, int option, ByteBuffer value) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (int)
              SETSOCKOPT.invokeExact(
                  state, fd, level, option, MemorySegment.ofBuffer(value), value.limit()),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int openat(int directory, ByteBuffer path, int flags) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (int) OPENAT.invokeExact(state, directory, MemorySegment.ofBuffer(path), flags), state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long)
              SYSCALL_ON_BUFFER.invokeExact(
                  state,
                  SYS_GETDENTS64,
                  fd,
                  MemorySegment.ofBuffer(entries),
                  (long) entries.limit()),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int readlinkat(int directory, ByteBuffer path, ByteBuffer target) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long)
              READLINKAT.invokeExact(
                  state,
                  directory,
                  MemorySegment.ofBuffer(path),
                  MemorySegment.ofBuffer(target),
                  (long) target.limit()),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long)
              GETXATTR.invokeExact(
                  state,
                  MemorySegment.ofBuffer(path),
                  MemorySegment.ofBuffer(name),
                  MemorySegment.ofBuffer(value),
                  (long) value.limit()),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int read(int fd, ByteBuffer bytes) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long) READ.invokeExact(state, fd, MemorySegment.ofBuffer(bytes), (long) bytes.limit()),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int close(int fd) {
    MemorySegment state = STATE.get();
    try {
      return result((int) CLOSE.invokeExact(state, fd), state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int poll(ByteBuffer descriptors, int timeoutMillis) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (int)
              POLL.invokeExact(
                  state,
                  MemorySegment.ofBuffer(descriptors),
                  (long) descriptors.limit() / POLLFD_SIZE,
                  timeoutMillis),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int pidfd_open(int pid, int flags) {
    return syscall(SystemCall.PIDFD_OPEN, pid, flags, 0);
  }

  @Override
  public int pidfd_send_signal(int pidfd, int signal, int flags) {
    return syscall(SystemCall.PIDFD_SEND_SIGNAL, pidfd, signal, flags);
  }

  @Override
  public int waitid(int kind, int id, ByteBuffer information, int options) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (int)
              Waiting.WAITID.invokeExact(
                  state, kind, id, MemorySegment.ofBuffer(information), options),
          state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int setns(int fd, int kind) {
    return syscall(SystemCall.setns(), fd, kind, 0);
  }

  @Override
  public long mmap(long length, int protection, int flags, int fd, long offset) {
    MemorySegment state = STATE.get();
    try {
      long address =
          (long) MMAP.invokeExact(state, NO_ADDRESS, length, protection, flags, fd, offset);
      return address != SystemCall.MAP_FAILED ? address : -state.get(JAVA_INT, ERRNO);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int munmap(long address, long length) {
    MemorySegment state = STATE.get();
    try {
      return result((int) MUNMAP.invokeExact(state, address, length), state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  @SuppressWarnings("restricted")
  public ByteBuffer mapped(long address, int length) {
    return MemorySegment.ofAddress(address)
        .reinterpret(length)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public int bpf_iter_create(int thread) {
    try {
      return programs().createIterator(thread);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int bpf_state_changes_open(ByteBuffer request) {
    try {
      return programs().openStateChanges(request);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private synchronized FfmBpfPrograms programs() {
    FfmBpfPrograms loaded = programs;
    if (loaded == null) {
      loaded = new FfmBpfPrograms();
      programs = loaded;
    }
    return loaded;
  }

  private static int syscall(long number, int first, int second, int fourth) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long) SYSCALL_ON_NUMBERS.invokeExact(state, number, first, second, 0L, fourth), state);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static int result(long result, MemorySegment state) {
    return result >= 0 ? (int) result : -state.get(JAVA_INT, ERRNO);
  }

  /** A downcall itself throws nothing: what arrives here is a virtual machine's error or a bug. */
  private static RuntimeException impossible(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException exception) {
      throw exception;
    }
    return new IllegalStateException(e);
  }
}
