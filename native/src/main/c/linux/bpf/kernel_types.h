/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The few fields of the kernel's own structures that are read here. Their offsets are those of the
 * running kernel: its loader relocates every access by the names (CO-RE), so a structure lists only
 * what is used, in any order.
 */

#ifndef TCPT_KERNEL_TYPES_H
#define TCPT_KERNEL_TYPES_H

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed int __s32;
typedef signed long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;

typedef _Bool bool;
#define false 0

/* What bpf_helpers.h wants of linux/bpf.h. */
enum bpf_map_type { BPF_MAP_TYPE_UNSPEC };

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct seq_file {
  char *buf;
  unsigned long count;
};

struct bpf_iter_meta {
  struct seq_file *seq;
};

struct bpf_iter__task {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
};

struct bpf_iter__task_file {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
  __u32 fd;
  struct file *file;
};

struct file_operations;

struct super_block {
  unsigned long s_magic;
};

struct inode {
  struct super_block *i_sb;
  unsigned long i_ino;
};

struct file {
  const struct file_operations *f_op;
  struct inode *f_inode;
};

/* A place in memory that holds a pointer, of a type that the kernel knows. */
struct hlist_node;

struct hlist_head {
  struct hlist_node *first;
};

struct fdtable {
  unsigned int max_fds;
  struct file **fd;
  unsigned long *open_fds;
};

struct files_struct {
  struct fdtable *fdt;
};

struct pid_namespace;

struct upid {
  int nr;
  struct pid_namespace *ns;
};

struct pid {
  unsigned int level;
  struct upid numbers[1];
};

struct timespec64 {
  __s64 tv_sec;
  long tv_nsec;
};

struct timens_offsets {
  struct timespec64 boottime;
};

struct time_namespace {
  struct timens_offsets offsets;
};

struct nsproxy {
  struct time_namespace *time_ns;
};

struct task_struct {
  struct task_struct *group_leader;
  struct files_struct *files;
  struct nsproxy *nsproxy;
  struct pid *thread_pid;
  int pid;
  __u64 start_boottime;
  char comm[16];
};

struct in6_addr {
  __u8 s6_addr[16];
};

struct ns_common {
  unsigned int inum;
};

struct net {
  struct ns_common ns;
};

typedef struct {
  struct net *net;
} possible_net_t;

struct sock_common {
  __be32 skc_daddr;
  __be32 skc_rcv_saddr;
  __be16 skc_dport;
  unsigned short skc_family;
  possible_net_t skc_net;
  struct in6_addr skc_v6_daddr;
  struct in6_addr skc_v6_rcv_saddr;
};

struct sock {
  struct sock_common __sk_common;
  int sk_err;
};

struct inet_sock {
  __be16 inet_sport;
};

struct inet_connection_sock {
  struct inet_sock icsk_inet;
};

struct tcp_sock {
  struct inet_connection_sock inet_conn;
};

#pragma clang attribute pop

#endif
