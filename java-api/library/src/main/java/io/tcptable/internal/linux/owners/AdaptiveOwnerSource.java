// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owners by {@code /proc} until that has cost as much time as loading the eBPF program, then by
 * eBPF if it can be loaded; that is tried once. A single snapshot of a small machine loads nothing
 * if {@code /proc} shows it all; many snapshots, or many descriptors, get the faster source, and so
 * does who may not look into the first process.
 */
public final class AdaptiveOwnerSource implements OwnerSource {

  /** About what it takes to load the library and the program. */
  private static final long PRICE_NANOS = 30_000_000;

  /** About what {@code /proc} takes for a descriptor. */
  private static final long NANOS_PER_FILE = 2_000;

  private static final Path FILES = Path.of("/proc/sys/fs/file-nr");

  private final Supplier<OwnerSource> bpf;

  private final OwnerSource proc;
  private volatile OwnerSource current;
  private volatile @Nullable String refusal;
  private volatile boolean tried;
  private volatile boolean seesFirstProcess;
  private long spentNanos;

  /**
   * @param bpf loads it, or throws a {@link BindingException}
   */
  public AdaptiveOwnerSource(OwnerSource proc, Supplier<OwnerSource> bpf) {
    this.proc = proc;
    this.current = proc;
    this.bpf = bpf;
  }

  @Override
  public String name() {
    return current.name();
  }

  @Override
  public Map<String, String> passedOver() {
    String why = refusal;
    return why == null ? Map.of() : Map.of(BpfOwnerSource.NAME, why);
  }

  /** That costs so little that nothing better pays. */
  @Override
  public OwnerSource ofOneProcess() {
    return proc;
  }

  @Override
  public OwnerSource next(boolean search) {
    return !tried && (pays() || (search && !procSeesFirstProcess())) ? best() : current;
  }

  /** If not, a look by {@code /proc} would be wasted: the best source is asked after it anyway. */
  private boolean procSeesFirstProcess() {
    if (!seesFirstProcess) {
      seesFirstProcess = proc.seesFirstProcess();
    }
    return seesFirstProcess;
  }

  @Override
  public OwnerSource best() {
    // Asked at each look of who may not see all: no thread waits for another then.
    if (!tried) {
      load();
    }
    return current;
  }

  private synchronized void load() {
    if (!tried) {
      try {
        current = bpf.get();
      } catch (BindingException e) {
        refusal = e.getMessage();
      }
      tried = true;
    }
  }

  @Override
  public void find(OwnerSearch search) {
    next(!search.isEmpty()).find(search);
  }

  private synchronized boolean pays() {
    spentNanos += openFiles() * NANOS_PER_FILE;
    return spentNanos >= PRICE_NANOS;
  }

  /** Of the whole machine, see {@code file-nr} in {@code proc_sys_fs(5)}; 0 if it does not tell. */
  private static long openFiles() {
    String figures = ProcFile.setting(FILES).line();
    return Math.max(0, ProcText.number(figures.split("\t", 2)[0]));
  }
}
