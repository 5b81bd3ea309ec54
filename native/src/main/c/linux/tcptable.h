/* SPDX-License-Identifier: Apache-2.0 */
/* What libtcptable.so offers to any language; for Java, JNI_OnLoad comes on top of it. */

#ifndef TCPTABLE_H
#define TCPTABLE_H

#include <stdint.h>

/*
 * Opens an iterator over the sockets that all processes hold (thread 0), or over those that one
 * thread does: the one way to look into a table that the first finds too long, at some ten times
 * the price a descriptor. Of a thread that is gone it has nothing.
 *
 * Returns a descriptor, to be read with read(2) into struct tcpt_owner_record (see
 * bpf/socket_owners.h) until it returns 0, and closed with close(2); EAGAIN says to read on. Below
 * zero, -errno: EPERM without root or CAP_BPF and CAP_PERFMON, ENOPKG where the library was built
 * without the programs, and whatever bpf(2) says.
 *
 * The programs are loaded into the kernel once, at the first call, and stay until the library is
 * unloaded; a load that failed is not tried again. Safe for use by many threads at once.
 */
__attribute__((visibility("default"))) int tcptable_bpf_iter_create(int thread);

#define TCPT_PORT_BITS 65536

/* What is asked for and what comes back; io.tcptable.internal.linux.bpf.StateChanges has the
 * numbers. */
struct tcpt_state_changes {
  uint32_t network_namespace; /* its inode */
  uint32_t ring_size;         /* in bytes, a power of two; becomes a page if it is less */
  int32_t any_port;           /* 0: only local ports that have a bit below */
  int32_t link;               /* these four are the descriptors that come back */
  int32_t program;
  int32_t ring;
  int32_t counters;
  int32_t page_size; /* of this machine */
  uint64_t ports[TCPT_PORT_BITS / 64];
};

/*
 * Has the kernel tell each change of the state of a TCP socket in one network namespace, on some
 * local ports or on all, from now on: struct tcpt_state_change (see bpf/state_changes.h) in a ring
 * buffer, which is to be mapped as libbpf's ring_buffer is: one page of the consumer's position,
 * to be written; from the second page on, one of the producer's position and twice the data, only
 * to be read. The counters are a page, to be read, with the number of those that the ring buffer
 * had no room for. The kernel stops when the link is closed and the last mapping is gone.
 *
 * Returns 0, or -errno as above and without descriptors. Each call loads a program of its own.
 * Needs Linux 5.17. Safe for use by many threads at once.
 */
__attribute__((visibility("default"))) int tcptable_state_changes_open(
    struct tcpt_state_changes *request);

#endif
