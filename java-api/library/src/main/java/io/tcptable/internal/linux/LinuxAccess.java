// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.bpf.StateChanges;
import io.tcptable.internal.linux.netlink.DestroyedSockets;
import io.tcptable.internal.linux.netlink.SockDiagSource;
import io.tcptable.internal.linux.owners.AdaptiveOwnerSource;
import io.tcptable.internal.linux.owners.BpfOwnerSource;
import io.tcptable.internal.linux.owners.BpfSupport;
import io.tcptable.internal.linux.owners.NioProcOwnerSource;
import io.tcptable.internal.linux.owners.ProcOwnerSource;
import io.tcptable.internal.linux.process.LinuxProcesses;
import io.tcptable.internal.platform.PushSource;
import io.tcptable.internal.platform.PushedSockets;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SocketSource;
import io.tcptable.internal.table.StateNumber;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Chooses how to read sockets and owners on Linux. */
public final class LinuxAccess {

  private static final String OWNERS = "tcptable.owners";

  /** Failures that say nothing about whether netlink works here. */
  private static final Set<Kind> PASSING = Set.of(Kind.EXHAUSTED, Kind.INTERRUPTED);

  private LinuxAccess() {}

  /**
   * Chooses a binding and the best sources it allows.
   *
   * @param binding the only one to use, or null
   */
  public static SystemAccess open(@Nullable String binding) {
    return open(binding, null);
  }

  /**
   * Chooses a binding and the best sources it allows.
   *
   * @param binding the only one to use, or null
   * @param owners where to find owners, {@code bpf} or {@code proc}, or null
   * @throws BindingException if something forced is unknown or cannot be used
   */
  public static SystemAccess open(@Nullable String binding, @Nullable String owners) {
    return of(BindingSelection.of(LinuxCalls.class, binding), owners);
  }

  /**
   * The best sources that a binding allows, with owners from where they are forced to be, if so.
   */
  public static SystemAccess of(BindingSelection<LinuxCalls> binding, @Nullable String owners) {
    Map<String, String> passedOver = new LinkedHashMap<>();
    LinuxCalls calls = binding.calls();
    SocketSource sockets = sockets(calls, passedOver);
    return new SystemAccess(
        binding.name(),
        binding.passedOver(),
        sockets,
        new NamespaceSockets(calls, sockets, new NetworkNamespaces(Path.of("/proc"))),
        pushes(calls, sockets, passedOver, DestroyedSockets::open),
        pushes(calls, sockets, passedOver, StateChanges::open),
        owners(calls, owners, passedOver),
        new LinuxProcesses(calls),
        new LinuxStackStats(),
        passedOver);
  }

  private static SocketSource sockets(@Nullable LinuxCalls calls, Map<String, String> passedOver) {
    if (calls == null) {
      passedOver.put(SockDiagSource.NAME, BpfSupport.NO_CALLS);
      return new ProcNetTcpSource(BpfSupport.NO_CALLS);
    }
    return answering(calls, passedOver);
  }

  /** By cookies, so where sockets are read by netlink too. */
  private static PushSource pushes(
      @Nullable LinuxCalls calls,
      SocketSource sockets,
      Map<String, String> passedOver,
      BiFunction<LinuxCalls, int[], PushedSockets> opening) {
    return calls != null && sockets instanceof SockDiagSource
        ? localPorts -> opening.apply(calls, localPorts)
        : PushSource.none(String.valueOf(passedOver.get(SockDiagSource.NAME)));
  }

  private static OwnerSource owners(
      @Nullable LinuxCalls calls, @Nullable String forced, Map<String, String> passedOver) {
    if (forced != null
        && !forced.equals(BpfOwnerSource.NAME)
        && !forced.equals(ProcOwnerSource.NAME)) {
      throw new BindingException(OWNERS + "=" + forced + ": not one of bpf, proc");
    }
    OwnerSource proc = calls == null ? new NioProcOwnerSource() : new ProcOwnerSource(calls);
    if (forced == null) {
      return new AdaptiveOwnerSource(proc, () -> BpfSupport.load(calls));
    }
    if (forced.equals(ProcOwnerSource.NAME)) {
      passedOver.put(BpfOwnerSource.NAME, "proc is wanted: " + OWNERS + "=" + forced);
      return proc;
    }
    try {
      return BpfSupport.load(calls);
    } catch (BindingException e) {
      throw new BindingException(OWNERS + "=" + forced + ": " + e.getMessage(), e);
    }
  }

  /** Netlink if this kernel or sandbox answers it, tried with the smallest of questions. */
  private static SocketSource answering(LinuxCalls calls, Map<String, String> passedOver) {
    SockDiagSource netlink = new SockDiagSource(calls);
    try {
      netlink.read(
          SocketFilter.all().withLocalPorts(1).withStates(StateNumber.mask(StateNumber.LISTEN)),
          new SocketColumnsBuilder());
      return netlink;
    } catch (SourceException e) {
      if (PASSING.contains(e.kind())) {
        throw e;
      }
      String reason = String.valueOf(e.getMessage());
      passedOver.put(SockDiagSource.NAME, reason);
      return new ProcNetTcpSource(reason);
    }
  }
}
