/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Tells each change of the state of a TCP socket in one network namespace, on wanted local ports.
 *
 * The kernel calls it at the tracepoint sock:inet_sock_set_state, right before the state changes,
 * mostly with the socket locked. It is attached with the kernel's own types (tp_btf), as only then
 * it may ask for the cookie of a socket, which the kernel makes when it is first asked for.
 *
 * What the ring buffer has no room for is counted. What happens in an interrupt of the program
 * itself is not told either; the kernel counts that (recursion_misses of the program).
 *
 * The relocation of the accesses asks for Linux 5.17; the other parts are older.
 */

#include "kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "state_changes.h"

#define AF_INET 2
#define AF_INET6 10

#define TCP_SYN_RECV 3
#define TCP_LISTEN 10

#define PORTS_PER_WORD 64
#define PORT_WORD(port) (((port) / PORTS_PER_WORD) & (TCPT_PORT_WORDS - 1))

/* linux/bpf.h */
#define RINGBUF 27

char LICENSE[] SEC("license")
= "Dual MIT/GPL";

/* Set before the program is loaded. */
const volatile __u32 wanted_namespace; /* its inode */
const volatile bool any_port;
const volatile __u64 wanted_ports[TCPT_PORT_WORDS]; /* one bit for each local port */

/* How many the ring buffer had no room for. */
__u64 lost;

struct {
  __uint(type, RINGBUF);
  __uint(max_entries, 4096); /* set before it is loaded */
} changes SEC(".maps");

static bool is_wanted(__u16 port) {
  return any_port || (wanted_ports[PORT_WORD(port)] >> port % PORTS_PER_WORD & 1);
}

static void set_addresses(struct tcpt_state_change *change, struct sock *socket) {
  struct sock_common *common = &socket->__sk_common;
  __u32 *local = (__u32 *) change->local;
  __u32 *remote = (__u32 *) change->remote;
  if (change->family == AF_INET) {
    __builtin_memset(change->local, 0, 2 * TCPT_ADDRESS_LENGTH);
    local[0] = common->skc_rcv_saddr;
    remote[0] = common->skc_daddr;
  } else {
    bpf_probe_read_kernel(local, TCPT_ADDRESS_LENGTH, &common->skc_v6_rcv_saddr);
    bpf_probe_read_kernel(remote, TCPT_ADDRESS_LENGTH, &common->skc_v6_daddr);
  }
}

SEC("tp_btf/inet_sock_set_state")
int state_changes(__u64 *context) {
  struct sock *socket = (struct sock *) context[0];
  int before = (int) context[1];
  int after = (int) context[2];
  /* A copy of the listener's socket, which is to become a connection; it has no identity yet. */
  if (before == TCP_LISTEN && after == TCP_SYN_RECV) {
    return 0;
  }
  if (socket->__sk_common.skc_net.net->ns.inum != wanted_namespace) {
    return 0;
  }
  struct tcp_sock *tcp = bpf_skc_to_tcp_sock(socket);
  if (!tcp) {
    return 0;
  }
  __u16 local_port = bpf_ntohs(tcp->inet_conn.icsk_inet.inet_sport);
  __u16 family = socket->__sk_common.skc_family;
  if (!is_wanted(local_port) || (family != AF_INET && family != AF_INET6)) {
    return 0;
  }
  __u64 cookie = bpf_get_socket_cookie(socket);
  struct tcpt_state_change *change = bpf_ringbuf_reserve(&changes, sizeof *change, 0);
  if (!change) {
    __sync_fetch_and_add(&lost, 1);
    return 0;
  }
  change->nanos = bpf_ktime_get_ns();
  change->cookie = cookie;
  change->family = (__u8) family;
  change->before = (__u8) before;
  change->after = (__u8) after;
  change->reserved = 0;
  change->local_port = local_port;
  change->remote_port = bpf_ntohs(socket->__sk_common.skc_dport);
  change->error = socket->sk_err;
  change->also_reserved = 0;
  set_addresses(change, socket);
  bpf_ringbuf_submit(change, 0);
  return 0;
}
