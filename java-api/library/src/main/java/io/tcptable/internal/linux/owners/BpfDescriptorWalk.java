// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.ProcessIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads all that an eBPF iterator over descriptors has to tell, with reused buffers and no object
 * per descriptor. Reusable, by one thread at a time.
 */
final class BpfDescriptorWalk {

  private static final String WHAT = "looking for the owners of sockets by eBPF";

  /** In place of a thread. */
  static final int ALL_THREADS = 0;

  /** As much as the kernel collects for one read. */
  private static final int CAPACITY = 32 * 1024;

  /** How often the calls may be interrupted. */
  private static final int MOST_INTERRUPTIONS = 100;

  private final LinuxCalls calls;
  private final ByteBuffer records = CallBuffer.allocate(CAPACITY);

  /** The numbers of the sockets found, all in a row. */
  private int[] found = new int[256];

  private int size;
  private final List<Run> runs = new ArrayList<>();

  /** Whose table of descriptors is too long for the iterator over all. */
  private final List<Integer> threads = new ArrayList<>();

  /**
   * What one process holds, from one index to another. A process comes again where a thread has
   * descriptors of its own: threads are in the order of their IDs.
   */
  private static final class Run {
    final ProcessIdentity process;
    final int from;
    int to;

    Run(ProcessIdentity process, int from) {
      this.process = process;
      this.from = from;
    }

    int compareByProcess(Run other) {
      int order = Integer.compare(process.pid(), other.process.pid());
      return order != 0 ? order : Long.compare(process.start(), other.process.start());
    }
  }

  BpfDescriptorWalk(LinuxCalls calls) {
    this.calls = calls;
  }

  void look(OwnerSearch search) {
    size = 0;
    runs.clear();
    threads.clear();
    iterate(ALL_THREADS, search);
    for (int thread : threads) {
      iterate(thread, search);
    }
    report(search.share());
    runs.clear();
  }

  private void iterate(int thread, OwnerSearch search) {
    int fd = calls.bpf_iter_create(thread);
    if (fd < 0) {
      throw Errno.failure("bpf", fd, WHAT);
    }
    try {
      readAll(fd, search);
    } finally {
      calls.close(fd);
    }
  }

  private void readAll(int fd, OwnerSearch search) {
    int interruptions = 0;
    while (true) {
      int length = calls.read(fd, records);
      if (length == 0) {
        return;
      }
      if (length == -Errno.EAGAIN) {
        // A table changed under its eyes, or it draws breath after a million without a socket.
        continue;
      }
      if (length == -Errno.EINTR && ++interruptions <= MOST_INTERRUPTIONS) {
        continue;
      }
      if (length < 0) {
        throw Errno.failure("read", length, WHAT);
      }
      if (length % OwnerRecordCodec.LENGTH != 0) {
        throw new SourceException("read", "", WHAT + ": the last of " + length + " bytes are cut");
      }
      for (int at = 0; at < length; at += OwnerRecordCodec.LENGTH) {
        if (OwnerRecordCodec.isLongTable(records, at)) {
          threads.add(OwnerRecordCodec.thread(records, at));
        } else {
          descriptors(at, search);
        }
      }
    }
  }

  private void descriptors(int at, OwnerSearch search) {
    int before = size;
    for (int n = 0; n < OwnerRecordCodec.DESCRIPTORS; n++) {
      long inode = OwnerRecordCodec.inode(records, at, n);
      int index = inode == 0 ? -1 : search.indexOf(inode);
      if (index >= 0) {
        found(index);
      }
    }
    if (size > before && OwnerRecordCodec.pid(records, at) != 0) {
      run(at, before).to = size;
    } else {
      size = before;
    }
  }

  private void found(int index) {
    if (size == found.length) {
      found = Arrays.copyOf(found, 2 * size);
    }
    found[size++] = index;
  }

  /** The last run if it is of the same process, or a new one. */
  private Run run(int at, int from) {
    if (!runs.isEmpty()) {
      Run last = runs.get(runs.size() - 1);
      if (last.process.pid() == OwnerRecordCodec.pid(records, at)
          && last.process.start() == OwnerRecordCodec.start(records, at)) {
        return last;
      }
    }
    Run run = new Run(OwnerRecordCodec.process(records, at), from);
    runs.add(run);
    return run;
  }

  private void report(OwnerSearch.Share share) {
    runs.sort(Run::compareByProcess);
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      for (int n = run.from; n < run.to; n++) {
        share.found(found[n]);
      }
      if (i + 1 == runs.size() || run.compareByProcess(runs.get(i + 1)) != 0) {
        share.commit(run.process);
      }
    }
  }
}
