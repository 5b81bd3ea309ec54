// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.NativeLibrary;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcSelf;
import io.tcptable.internal.linux.procfs.ProcText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether owners can be found by eBPF here, told by trying; every reason against it is one line.
 */
public final class BpfSupport {

  /** Why a source is not in use that plain Java cannot ask. */
  public static final String NO_CALLS = "needs a binding that makes native calls";

  private static final String OWNERS_NEED = "6.2";

  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_PERFMON = 38;
  private static final int CAP_BPF = 39;

  private BpfSupport() {}

  /**
   * Loads the program into the kernel, after all that costs nothing to find out.
   *
   * @throws BindingException if there is no permission, no library, or no such kernel
   */
  public static BpfOwnerSource load(@Nullable LinuxCalls calls) {
    if (calls == null) {
      throw new BindingException(NO_CALLS);
    }
    requireRights();
    requireOwnProcesses();
    int fd = create(calls);
    if (fd < 0) {
      throw new BindingException(refusal(-fd, OWNERS_NEED));
    }
    calls.close(fd);
    return new BpfOwnerSource(calls);
  }

  private static int create(LinuxCalls calls) {
    try {
      return calls.bpf_iter_create(BpfDescriptorWalk.ALL_THREADS);
    } catch (LinkageError e) {
      throw new BindingException("the native library does not fit: " + e.getMessage(), e);
    }
  }

  /**
   * Why the kernel did not take a program.
   *
   * @param needed from which version of Linux on it should
   */
  public static String refusal(int errno, String needed) {
    return switch (errno) {
      case Errno.ENOPKG -> "the native library was built without it";
      case Errno.ENOSYS -> "this kernel or sandbox has no bpf(2)";
      case Errno.EPERM, Errno.EACCES ->
          "bpf failed with " + Errno.name(errno) + ": not permitted in this container or sandbox";
      default ->
          "bpf failed with "
              + Errno.name(errno)
              + (Files.exists(Path.of("/sys/kernel/btf/vmlinux"))
                  ? ": this kernel does not take the program; it needs Linux "
                      + needed
                      + " or later"
                  : ": this kernel has no BTF (CONFIG_DEBUG_INFO_BTF)");
    };
  }

  /**
   * That this process may load a program, and this library its own.
   *
   * @throws BindingException if not
   */
  public static void requireRights() {
    requirePermission();
    requireNativeAccess();
  }

  private static void requirePermission() {
    long capabilities = effectiveCapabilities();
    boolean permitted =
        has(capabilities, CAP_SYS_ADMIN)
            || (has(capabilities, CAP_BPF) && has(capabilities, CAP_PERFMON));
    if (!permitted) {
      throw new BindingException("needs root, or CAP_BPF and CAP_PERFMON");
    }
  }

  private static boolean has(long capabilities, int number) {
    return (capabilities >>> number & 1) != 0;
  }

  /** See {@code CapEff} in {@code proc_pid_status(5)}. */
  private static long effectiveCapabilities() {
    try {
      return ProcFile.text(Path.of("/proc/self/status"))
          .after("CapEff:")
          .flatMap(ProcText::bits)
          .orElse(0L);
    } catch (IOException e) {
      throw new BindingException("cannot read /proc/self/status: " + e, e);
    }
  }

  /**
   * The kernel tells the PIDs of this process's own namespace; all else is asked of {@code /proc}.
   */
  private static void requireOwnProcesses() {
    try {
      if (ProcSelf.foreignPid().isPresent()) {
        throw new BindingException("/proc shows the processes of another PID namespace");
      }
    } catch (IOException e) {
      throw new BindingException("cannot read /proc/self: " + e, e);
    }
  }

  /**
   * Where another module makes the system calls, this one may not load a library, or the JDK would
   * warn: since Java 24 (JEP 472).
   */
  private static void requireNativeAccess() {
    if (NativeLibrary.isLoaded() || Runtime.version().feature() < 24) {
      return;
    }
    Module module = BpfSupport.class.getModule();
    try {
      if (!(boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(module)) {
        throw new BindingException(
            "native access is not enabled; start java with --enable-native-access="
                + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
