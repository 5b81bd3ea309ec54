// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

/**
 * Numbers of system calls that not every C library has a function for, from {@code asm/unistd.h}:
 * glibc has {@code getdents64} since 2.30 and the pidfd calls since 2.36, musl lacks both.
 */
public final class SystemCall {

  /** The same on every architecture, like all calls added since Linux 5.0. */
  public static final int PIDFD_SEND_SIGNAL = 424;

  /** The same on every architecture. */
  public static final int PIDFD_OPEN = 434;

  private SystemCall() {}

  /**
   * The number of {@code getdents64} on this machine.
   *
   * @throws BindingException if the architecture is not known, or not one of 64 bits
   */
  public static int getdents64() {
    String architecture = System.getProperty("os.arch", "");
    return switch (architecture) {
      case "amd64", "x86_64" -> 217;
      case "aarch64", "riscv64", "loongarch64" -> 61;
      case "ppc64", "ppc64le" -> 202;
      case "s390x" -> 220;
      default ->
          throw new BindingException("the system calls of " + architecture + " are not known");
    };
  }
}
