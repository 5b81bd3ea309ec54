/*
 * What the iterator in socket_owners.bpf.c writes, read back through the descriptor that
 * tcptable_bpf_iter_create() gives: records of one size, each a stretch of one process's table of
 * descriptors. Included after the fixed-width types of whoever includes it.
 */

#ifndef TCPT_SOCKET_OWNERS_H
#define TCPT_SOCKET_OWNERS_H

#define TCPT_DESCRIPTORS 32
#define TCPT_NAME_LENGTH 16

struct tcpt_owner_record {
  __u32 thread;      /* whose table it is, in the first PID namespace */
  __u32 stretch;     /* of the table: its first descriptor divided by TCPT_DESCRIPTORS */
  __u32 pid;         /* of the process, in the PID namespace of the reader; 0 if it has none there */
  __u32 reserved;
  __u64 start_nanos; /* of the process, since boot, in the time namespace of the reader */
  char name[TCPT_NAME_LENGTH]; /* as in /proc/PID/comm, up to the first zero byte */
  __u32 inodes[TCPT_DESCRIPTORS]; /* of sockets; 0 for all other descriptors */
};

#endif
