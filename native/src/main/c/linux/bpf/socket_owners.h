/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the iterators in socket_owners.bpf.c write, read back through the descriptors that
 * tcptable_bpf_iter_create() gives: records of one size, each a stretch of one table of
 * descriptors. Included after the fixed-width types of the file that includes it.
 */

#ifndef TCPT_SOCKET_OWNERS_H
#define TCPT_SOCKET_OWNERS_H

#define TCPT_DESCRIPTORS 32
#define TCPT_NAME_LENGTH 16

/*
 * In place of a stretch: the table is too long for the iterator over tasks, ask for the thread's
 * own.
 */
#define TCPT_LONG_TABLE 0xffffffffu

struct tcpt_owner_record {
  __u32 pid;     /* of the process, in the PID namespace of the reader; 0 if it has none there */
  __u32 thread;  /* whose table it is, likewise */
  __u32 stretch; /* of the table: its first descriptor divided by TCPT_DESCRIPTORS */
  __u32 reserved;
  __u64 start_nanos;           /* of the process, since boot, in the time namespace of the reader */
  char name[TCPT_NAME_LENGTH]; /* as in /proc/PID/comm, up to the first zero byte */
  __u32 inodes[TCPT_DESCRIPTORS]; /* of sockets; 0 for all other descriptors */
};

/* io.tcptable.internal.linux.owners.OwnerRecordCodec reads the records by these numbers. */
_Static_assert(sizeof(struct tcpt_owner_record) == 168, "size");
_Static_assert(__builtin_offsetof(struct tcpt_owner_record, start_nanos) == 16, "start");
_Static_assert(__builtin_offsetof(struct tcpt_owner_record, name) == 24, "name");
_Static_assert(__builtin_offsetof(struct tcpt_owner_record, inodes) == 40, "inodes");

#endif
