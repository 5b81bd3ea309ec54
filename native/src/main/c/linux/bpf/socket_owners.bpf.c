/*
 * Writes every socket that a process holds: an iterator over the open files of all tasks of a PID
 * namespace (iter/task_file, Linux 5.8), for which bpf_rdonly_cast asks for 6.2.
 *
 * The kernel calls it once for each open file. It looks at a whole stretch of the table at the
 * first, and at none of the others, and follows pointers by plain loads: the processor then waits
 * for many files and inodes at once instead of one after another, which is all that this costs.
 *
 * It takes no reference on those files, as RCU keeps the memory there, and makes sure afterwards
 * that the descriptor still holds the file that was looked at.
 */

#include "kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "socket_owners.h"

/* The helpers used here are for programs under a licence compatible with the GPL. */
char LICENSE[] SEC("license") = "Dual MIT/GPL";

/* What tells a socket from other files; learned from the first one seen, as it has no public name. */
static const struct file_operations *socket_operations;

/* Whether the stretch has its record, which is then the last of those not yet read. */
static bool is_written(struct seq_file *seq, __u32 thread, __u32 stretch) {
  struct {
    __u32 thread;
    __u32 stretch;
  } last = {};
  if (seq->count >= sizeof(struct tcpt_owner_record)) {
    bpf_probe_read_kernel(
        &last, sizeof last, seq->buf + seq->count - sizeof(struct tcpt_owner_record));
  }
  return last.thread == thread && last.stretch == stretch;
}

/* The number of a process in the PID namespace of the reader. */
static __u32 pid_of(struct task_struct *process) {
  struct pid *reader = bpf_get_current_task_btf()->thread_pid;
  struct pid *pid = process->thread_pid;
  __u32 level = reader->level;
  struct upid upid = {};
  if (pid->level >= level) {
    bpf_probe_read_kernel(&upid, sizeof upid, &pid->numbers[0] + level);
  }
  return (__u32)upid.nr;
}

/* When a process started, by the clock that the reader sees: time_namespaces(7). */
static __u64 start_of(struct task_struct *process) {
  __u64 start = process->start_boottime;
  struct nsproxy *reader = bpf_get_current_task_btf()->nsproxy;
  if (bpf_core_field_exists(reader->time_ns)) {
    struct time_namespace *time = reader->time_ns;
    start += (__u64)time->offsets.boottime.tv_sec * 1000000000 +
        (__u64)time->offsets.boottime.tv_nsec;
  }
  return start;
}

/* Makes a pointer that may be followed at once, without a call; what cannot be read is 0. */
extern void *bpf_rdonly_cast(const void *address, __u32 type) __ksym;

#define pointer_to(type, address) \
  ((type *)bpf_rdonly_cast((void *)(address), (__u32)bpf_core_type_id_kernel(type)))

/*
 * The inode of the socket that a descriptor holds, 0 if it holds another file or just changes. Takes
 * a number and is not static, so that the kernel checks it once and not at every turn of the loop.
 */
__attribute__((noinline)) __u32 inode_of_socket(unsigned long descriptor) {
  struct hlist_head *slot = pointer_to(struct hlist_head, descriptor);
  struct hlist_node *held = slot->first;
  if (!held) {
    return 0;
  }
  struct file *file = pointer_to(struct file, held);
  if (file->f_op != socket_operations) {
    return 0;
  }
  unsigned long number = file->f_inode->i_ino;
  barrier(); /* or the compiler would not look again */
  return slot->first == held ? (__u32)number : 0;
}

SEC("iter/task_file")
int socket_owners(struct bpf_iter__task_file *context) {
  struct task_struct *thread = context->task;
  struct file *file = context->file;
  if (!thread || !file) {
    return 0;
  }
  if (!socket_operations) {
    /* Until one is seen, no stretch holds a socket. */
    if (!bpf_sock_from_file(file)) {
      return 0;
    }
    socket_operations = file->f_op;
  }
  struct seq_file *seq = context->meta->seq;
  __u32 stretch = context->fd / TCPT_DESCRIPTORS;
  if (is_written(seq, (__u32)thread->pid, stretch)) {
    return 0;
  }

  struct task_struct *process = thread->group_leader;
  struct tcpt_owner_record record;
  __builtin_memset(&record, 0, sizeof record);
  record.pid = pid_of(process);
  record.thread = (__u32)thread->pid;
  record.start_nanos = start_of(process);
  record.stretch = stretch;
  bpf_probe_read_kernel(record.name, sizeof record.name, process->comm);

  unsigned long table = 0;
  bpf_probe_read_kernel(&table, sizeof table, &thread->files->fdt->fd);
  table += (unsigned long)stretch * TCPT_DESCRIPTORS * sizeof(struct file *);
  for (unsigned int i = 0; i < TCPT_DESCRIPTORS; i++) { /* no table ends within a stretch */
    record.inodes[i] = inode_of_socket(table + i * sizeof(struct file *));
  }
  bpf_seq_write(seq, &record, sizeof record);
  return 0;
}
