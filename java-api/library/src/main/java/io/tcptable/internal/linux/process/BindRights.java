// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.BindObstacle;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.ProcessLaunch.Context;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a program that this process starts may bind a port. The kernel asks for this right before
 * it looks who has the port: so it can be known while a server still has it. See {@code
 * ip_unprivileged_port_start} in {@code ip(7)}, and "Transformation of capabilities during
 * execve()" in {@code capabilities(7)}.
 *
 * @param own the status of this process
 * @param isFirst whether it is in the first user namespace, whose capabilities count everywhere
 * @param denies whether this process itself is denied an address
 * @param files what files give
 */
record BindRights(
    ProcText own, boolean isFirst, Predicate<InetSocketAddress> denies, FileRights files) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path USER_NAMESPACE = Path.of("/proc/self/ns/user");

  /** {@code PROC_USER_INIT_INO} of {@code linux/proc_ns.h}. */
  private static final long FIRST_USER_NAMESPACE = 0xefff_fffdL;

  private static final int NET_BIND_SERVICE = 10;
  private static final String RIGHT = "CAP_NET_BIND_SERVICE";
  private static final long ROOT = 0;

  /** May have a helper with more rights bind the port, as {@code authbind(1)} does. */
  private static final String PRELOADED = "LD_PRELOAD";

  /** Those of now. */
  static BindRights current(FileRights files) {
    return new BindRights(
        ProcFile.textIfKnown(STATUS),
        ProcLink.number(USER_NAMESPACE) == FIRST_USER_NAMESPACE,
        address -> BindTest.of(address).isDenied(),
        files);
  }

  /**
   * Why it may not; empty if it may.
   *
   * @param image the file whose code runs
   */
  Optional<BindObstacle> obstacle(
      InetSocketAddress address, PortPolicy policy, Path image, LaunchRequest start) {
    if (own.isUnknown() || !policy.isPrivileged(address.getPort())) {
      return Optional.empty();
    }
    int first = policy.firstUnprivileged().orElseThrow();
    long user = start.context().map(Context::user).orElseGet(this::user);
    if (isInherited(user)) {
      return ofNamespace(address, first);
    }
    boolean mayGain = has("CapBnd:") && !isBarred(start.context());
    Optional<Boolean> given = files.give(image, NET_BIND_SERVICE, has("CapInh:"));
    if (mayGain && given.orElse(false)) {
      return Optional.empty();
    }
    String lacks =
        given.isEmpty()
            ? ", and the user does not have that"
            : given.get()
                ? "; " + image + " would get that, but this process may not gain rights"
                : ", and neither the user nor " + image + " has that";
    boolean isCertain =
        !mayGain || (given.isPresent() && !start.environment().containsKey(PRELOADED));
    return Optional.of(
        user == ROOT
            ? new BindObstacle(
                takes(first, RIGHT) + ", which this root lacks",
                remedy("root of the host", first),
                isCertain)
            : new BindObstacle(
                takes(first, "root or " + RIGHT) + lacks, remedy("root", first), isCertain));
  }

  /** One that root of a user namespace has is void for a network that is not of that namespace. */
  private Optional<BindObstacle> ofNamespace(InetSocketAddress address, int first) {
    return isFirst || !has("CapEff:") || !denies.test(address)
        ? Optional.empty()
        : Optional.of(
            new BindObstacle(
                takes(first, RIGHT)
                    + ", which does not count here: the network does not belong to the user"
                    + " namespace of this process",
                remedy("root of the host", first),
                true));
  }

  private static String takes(int first, String right) {
    return "ports below " + first + " take " + right;
  }

  private static String remedy(String who, int first) {
    return first > PortNumber.HIGHEST
        ? "Run it as " + who + "."
        : "Run it as " + who + ", or use a port from " + first + " on.";
  }

  /** Whether any program that it starts has the right. */
  private boolean isInherited(long user) {
    return user == ROOT
        ? has("CapPrm:") || (has("CapBnd:") && !isNoNewPrivileges())
        : user == user() && has("CapAmb:");
  }

  private long user() {
    return own.numbersAfter("Uid:").stream().skip(1).findFirst().orElse(ProcText.NO_NUMBER);
  }

  private boolean isBarred(Optional<Context> as) {
    return isNoNewPrivileges() || as.map(Context::noNewPrivileges).orElse(false);
  }

  private boolean isNoNewPrivileges() {
    return own.numberAfter("NoNewPrivs:") > 0;
  }

  private boolean has(String set) {
    long bits = own.after(set).flatMap(ProcText::bits).orElse(0L);
    return (bits >>> NET_BIND_SERVICE & 1) == 1;
  }
}
