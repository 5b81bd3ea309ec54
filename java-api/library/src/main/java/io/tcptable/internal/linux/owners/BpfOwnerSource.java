// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.concurrent.Pool;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;

/**
 * Owners by an eBPF iterator over the descriptors of all processes in this PID namespace, see
 * {@code bpf(2)}. It also sees the descriptors of threads that have their own, and processes that
 * {@code /proc} hides from this user.
 */
public final class BpfOwnerSource implements OwnerSource {

  public static final String NAME = "bpf";

  private final Pool<BpfDescriptorWalk> walks;
  private final OwnerSource proc;

  BpfOwnerSource(LinuxCalls calls) {
    this.proc = new ProcOwnerSource(calls);
    this.walks = new Pool<>(() -> new BpfDescriptorWalk(calls));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The kernel's iterator goes through all processes. */
  @Override
  public OwnerSource ofOneProcess() {
    return proc;
  }

  @Override
  public void find(OwnerSearch search) {
    if (search.isEmpty()) {
      return;
    }
    BpfDescriptorWalk walk = walks.take();
    try {
      walk.look(search);
    } finally {
      walks.giveBack(walk);
    }
  }
}
