/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the program in state_changes.bpf.c tells of each change of a TCP state, in the order in
 * which the changes happened: records of one size in a ring buffer (BPF_MAP_TYPE_RINGBUF). Included
 * after the fixed-width types of the file that includes it.
 */

#ifndef TCPT_STATE_CHANGES_H
#define TCPT_STATE_CHANGES_H

#define TCPT_ADDRESS_LENGTH 16
#define TCPT_PORT_WORDS 1024

struct tcpt_state_change {
  __u64 nanos;  /* when, by CLOCK_MONOTONIC */
  __u64 cookie; /* of the socket, as sock_diag tells it */
  __u8 family;  /* AF_INET or AF_INET6 */
  __u8 before;  /* the state, by the numbers of net/tcp_states.h */
  __u8 after;
  __u8 reserved;
  __u16 local_port; /* in native byte order; 0 if the socket has none yet */
  __u16 remote_port;
  __s32 error; /* that is pending for the owner, such as ECONNRESET; 0 for none */
  __u32 also_reserved;
  __u8 local[TCPT_ADDRESS_LENGTH]; /* in network byte order; of AF_INET the first 4 bytes */
  __u8 remote[TCPT_ADDRESS_LENGTH];
};

/* io.tcptable.internal.linux.bpf.StateChangeCodec reads the records by these numbers. */
_Static_assert(sizeof(struct tcpt_state_change) == 64, "size");
_Static_assert(__builtin_offsetof(struct tcpt_state_change, family) == 16, "family");
_Static_assert(__builtin_offsetof(struct tcpt_state_change, local_port) == 20, "ports");
_Static_assert(__builtin_offsetof(struct tcpt_state_change, error) == 24, "error");
_Static_assert(__builtin_offsetof(struct tcpt_state_change, local) == 32, "addresses");

#endif
