// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.concurrent.Pool;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Owners by reading every process's descriptors under {@code /proc}, see {@code proc_pid_fd(5)}.
 *
 * <p>Other threads of the common pool join in if they are idle; the caller itself never waits for
 * one that has not begun.
 */
public final class ProcOwnerSource implements OwnerSource {

  public static final String NAME = "proc";

  /** Below this many processes, the walk is over before another thread has woken up. */
  private static final int FEWEST_PROCESSES_TO_SHARE = 16;

  /** Beyond this, threads wait for each other inside the kernel. */
  private static final int MOST_THREADS = 4;

  /** It always exists: if it is not listed, {@code hidepid} hides processes. */
  static final int FIRST_PROCESS = 1;

  private final Pool<ProcDescriptorWalk> walks;

  public ProcOwnerSource(LinuxCalls calls) {
    this.walks = new Pool<>(() -> new ProcDescriptorWalk(calls));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(OwnerSearch search) {
    if (search.isEmpty()) {
      return;
    }
    ProcDescriptorWalk walk = walks.take();
    try {
      find(search, walk);
    } finally {
      walks.giveBack(walk);
    }
  }

  @Override
  public boolean seesFirstProcess() {
    ProcDescriptorWalk walk = walks.take();
    try {
      int proc = walk.openProc();
      try {
        return walk.mayLook(proc, FIRST_PROCESS);
      } finally {
        walk.close(proc);
      }
    } finally {
      walks.giveBack(walk);
    }
  }

  private void find(OwnerSearch search, ProcDescriptorWalk walk) {
    int proc = walk.openProc();
    try {
      if (search.pid() == 0) {
        new Round(search, walk.processes(proc), proc).run(walk);
      } else {
        lookIntoOne(search, walk, proc);
      }
    } finally {
      walk.close(proc);
    }
  }

  private static void lookIntoOne(OwnerSearch search, ProcDescriptorWalk walk, int proc) {
    OwnerSearch.Share share = search.share();
    if (!walk.isListed(proc, FIRST_PROCESS)) {
      share.hidden();
    }
    walk.look(proc, search.pid(), search, share);
  }

  /** One walk over all processes, by this thread and the idle ones of the pool. */
  private final class Round {

    private final OwnerSearch search;
    private final int[] pids;
    private final int proc;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * The threads that walk right now. A thread that comes after the last one has left does
     * nothing.
     */
    private final Phaser looking = new Phaser(1);

    Round(OwnerSearch search, int[] pids, int proc) {
      this.search = search;
      this.pids = pids;
      this.proc = proc;
    }

    void run(ProcDescriptorWalk walk) {
      try {
        if (pids.length >= FEWEST_PROCESSES_TO_SHARE) {
          callOthers();
        }
        look(walk);
      } finally {
        looking.awaitAdvance(looking.arriveAndDeregister());
      }
      Throwable failed = failure.get();
      if (failed instanceof Error error) {
        throw error;
      }
      if (failed != null) {
        throw (RuntimeException) failed;
      }
    }

    /**
     * Not if tasks already wait in the pool: then no worker is idle; without parallelism, none ever
     * is.
     */
    private void callOthers() {
      ForkJoinPool others = ForkJoinPool.commonPool();
      if (!others.hasQueuedSubmissions()) {
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        for (int i = 1; i < threads; i++) {
          others.execute(this::join);
        }
      }
    }

    /**
     * Takes the walk, which may fail, before it registers: each registered thread is waited for.
     */
    private void join() {
      ProcDescriptorWalk walk = walks.take();
      if (looking.register() >= 0) {
        look(walk);
        looking.arriveAndDeregister();
      }
      walks.giveBack(walk);
    }

    /** Keeps each failure, so that each thread deregisters and no failure is lost. */
    private void look(ProcDescriptorWalk walk) {
      try {
        OwnerSearch.Share share = search.share();
        if (IntStream.of(pids).noneMatch(pid -> pid == FIRST_PROCESS)) {
          share.hidden();
        }
        for (int i = next.getAndIncrement(); i < pids.length; i = next.getAndIncrement()) {
          walk.look(proc, pids[i], search, share);
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
        next.set(pids.length);
      }
    }
  }
}
