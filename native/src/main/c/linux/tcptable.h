/* SPDX-License-Identifier: Apache-2.0 */
/* What libtcptable.so offers to any language; for Java, JNI_OnLoad comes on top of it. */

#ifndef TCPTABLE_H
#define TCPTABLE_H

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

#endif
