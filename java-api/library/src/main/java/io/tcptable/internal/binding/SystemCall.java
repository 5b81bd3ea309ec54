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

  /** What {@code mmap(2)} returns instead of an address if it fails. */
  public static final long MAP_FAILED = -1;

  private SystemCall() {}

  /**
   * The number of {@code setns} on this machine. All of these C libraries have a function for it;
   * the number spares the bindings a function more to look up.
   *
   * @throws BindingException if the architecture is not known, or not one of 64 bits
   */
  public static int setns() {
    return number(308, 268, 350, 339);
  }

  /**
   * The number of {@code getdents64} on this machine.
   *
   * @throws BindingException if the architecture is not known, or not one of 64 bits
   */
  public static int getdents64() {
    return number(217, 61, 202, 220);
  }

  private static int number(int ofAmd64, int generic, int ofPpc64, int ofS390x) {
    String architecture = System.getProperty("os.arch", "");
    return switch (architecture) {
      case "amd64", "x86_64" -> ofAmd64;
      case "aarch64", "riscv64", "loongarch64" -> generic;
      case "ppc64", "ppc64le" -> ofPpc64;
      case "s390x" -> ofS390x;
      default ->
          throw new BindingException("the system calls of " + architecture + " are not known");
    };
  }
}
