/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Writes every socket that a process holds.
 *
 * The kernel's own iterator over open files (iter/task_file) takes and gives back a reference on
 * each of them, which is most of what it costs. So this looks into the tables of descriptors
 * itself, from the iterator over tasks (iter/task), and follows pointers by plain loads: the
 * processor then waits for many files and inodes at once instead of one after another.
 *
 * It takes no reference either, as RCU keeps the memory of tables, files and inodes, and makes sure
 * after each stretch that the table is still the task's, and of each socket that its descriptor
 * still holds it.
 *
 * What is written for one task must fit the kernel's buffer of 8 pages. Tables too long for that
 * are looked into a stretch at a time, by the iterator over the open files of that one thread.
 *
 * bpf_rdonly_cast asks for Linux 6.2; the other parts are older.
 */

#include "kernel_types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "socket_owners.h"

/* Full of sockets, it takes 128 records of 168 bytes. */
#define LONGEST_TABLE 4096

#define DESCRIPTORS_PER_WORD 64
#define SOCKFS_MAGIC 0x534F434B /* linux/magic.h */

/* The helpers used here are for programs under a licence compatible with the GPL. */
char LICENSE[] SEC("license")
= "Dual MIT/GPL";

/* What tells a socket from other files; learned from the first one seen, as it has no public name.
 */
static const struct file_operations *volatile socket_operations;

/* Makes a pointer that may be followed at once, without a call; what cannot be read is 0. */
extern void *bpf_rdonly_cast(const void *address, __u32 type) __ksym;

#define pointer_to(type, address) \
  ((type *) bpf_rdonly_cast((void *) (address), (__u32) bpf_core_type_id_kernel(type)))

/*
 * Not the task as the kernel hands it out: for each field of such a one that is followed, its
 * verifier searches all its types by name, more than once, which was most of what loading took.
 */
#define task_at(address) pointer_to(struct task_struct, address)

/* The number of a task in the PID namespace of the reader. */
static __u32 pid_of(struct task_struct *task) {
  struct pid *reader = task_at(bpf_get_current_task())->thread_pid;
  struct pid *pid = task->thread_pid;
  __u32 level = reader->level;
  struct upid upid = {};
  if (pid->level >= level) {
    bpf_probe_read_kernel(&upid, sizeof upid, &pid->numbers[0] + level);
  }
  return (__u32) upid.nr;
}

/* When a process started, by the clock that the reader sees: time_namespaces(7). */
static __u64 start_of(struct task_struct *process) {
  __u64 start = process->start_boottime;
  struct nsproxy *reader = task_at(bpf_get_current_task())->nsproxy;
  if (bpf_core_field_exists(reader->time_ns)) {
    struct time_namespace *time = reader->time_ns;
    start +=
        (__u64) time->offsets.boottime.tv_sec * 1000000000 + (__u64) time->offsets.boottime.tv_nsec;
  }
  return start;
}

/*
 * The same pointer, which cannot be followed before the value is loaded: else the compiler would
 * not look again, and some processors, such as those of arm64, would too early.
 */
static const void *after(unsigned long value, const void *pointer) {
  asm volatile("%0 -= %0\n%0 &= 0" : "+r"(value));
  return (const char *) pointer + value;
}

/*
 * The inode of the socket that a descriptor holds, 0 if it holds another file or just changes.
 * Takes a number and is not static, so that the kernel checks it once and not at every turn of the
 * loop.
 */
__attribute__((noinline)) __u32 inode_of_socket(unsigned long descriptor) {
  const struct hlist_head *slot = pointer_to(struct hlist_head, descriptor);
  struct hlist_node *held = slot->first;
  if (!held) {
    return 0;
  }
  struct file *file = pointer_to(struct file, held);
  const struct file_operations *known = socket_operations;
  const struct file_operations *operations = file->f_op;
  if (known && operations != known) {
    return 0;
  }
  slot = after((unsigned long) operations, slot);
  if (!known) {
    unsigned long magic = file->f_inode->i_sb->s_magic;
    if (magic != SOCKFS_MAGIC) {
      return 0;
    }
    slot = after(magic, slot);
  }
  unsigned long number = file->f_inode->i_ino;
  slot = after(number, slot);
  if (slot->first != held) {
    return 0;
  }
  if (!known) {
    socket_operations = operations;
  }
  return (__u32) number;
}

/* A table of descriptors, and the record to write of it. */
struct table {
  struct task_struct *thread;
  struct files_struct *files;
  struct fdtable *descriptors;
  unsigned long slots;
  unsigned long open; /* one bit for each descriptor in use */
  struct seq_file *seq;
  bool has_changed;
  struct tcpt_owner_record record;
};

static void open_table(struct table *table, struct seq_file *seq, struct task_struct *thread,
    struct files_struct *files) {
  __builtin_memset(table, 0, sizeof *table);
  table->seq = seq;
  table->thread = thread;
  table->files = files;
  table->descriptors = files->fdt;
  bpf_probe_read_kernel(&table->slots, sizeof table->slots, &table->descriptors->fd);
  bpf_probe_read_kernel(&table->open, sizeof table->open, &table->descriptors->open_fds);
  struct task_struct *process = thread->group_leader;
  struct tcpt_owner_record *record = &table->record;
  record->pid = pid_of(process);
  record->thread = pid_of(thread);
  record->start_nanos = start_of(process);
  bpf_probe_read_kernel(record->name, sizeof record->name, process->comm);
}

/*
 * Reads a stretch into the record; no table ends within one. Returns whether there is a socket in
 * it.
 */
static bool read_stretch(struct table *table, __u32 stretch) {
  unsigned long slot =
      table->slots + (unsigned long) stretch * TCPT_DESCRIPTORS * sizeof(struct file *);
  __u32 any = 0;
  for (unsigned int i = 0; i < TCPT_DESCRIPTORS; i++) {
    __u32 inode = inode_of_socket(slot + i * sizeof(struct file *));
    table->record.inodes[i] = inode;
    any |= inode;
  }
  table->record.stretch = stretch;
  const struct task_struct *thread = after(any, table->thread);
  const struct files_struct *files = after(any, table->files);
  table->has_changed = thread->files != files || files->fdt != table->descriptors;
  return any;
}

static void write(struct table *table) {
  bpf_seq_write(table->seq, &table->record, sizeof table->record);
}

static long look_at_stretch(__u32 stretch, void *context) {
  struct table *table = context;
  __u64 word = 0;
  __u32 first = stretch * TCPT_DESCRIPTORS;
  bpf_probe_read_kernel(
      &word, sizeof word, (void *) (table->open + first / DESCRIPTORS_PER_WORD * sizeof word));
  if ((__u32) (word >> first % DESCRIPTORS_PER_WORD) && read_stretch(table, stretch)) {
    write(table);
  }
  return table->has_changed;
}

SEC("iter/task")
int socket_owners(struct bpf_iter__task *context) {
  if (!context->task) {
    return 0;
  }
  struct task_struct *thread = task_at(context->task);
  struct files_struct *files = thread->files;
  struct task_struct *process = thread->group_leader;
  if (!files || (thread != process && files == process->files)) {
    return 0;
  }
  struct table table;
  open_table(&table, context->meta->seq, thread, files);
  __u32 length = table.descriptors->max_fds;
  if (length > LONGEST_TABLE) {
    table.record.stretch = TCPT_LONG_TABLE;
    write(&table);
    return 0;
  }
  bpf_loop(length / TCPT_DESCRIPTORS, look_at_stretch, &table, 0);
  return table.has_changed; /* 1: what was written of this task is forgotten, and it comes again */
}

/* Whether the stretch has its record, which is then the last of those not yet read. */
static bool is_written(struct seq_file *seq, __u32 stretch) {
  struct tcpt_owner_record *last = 0;
  __u32 written = ~stretch;
  if (seq->count >= sizeof *last) {
    bpf_probe_read_kernel(&written, sizeof written,
        seq->buf + seq->count - sizeof *last +
            __builtin_offsetof(struct tcpt_owner_record, stretch));
  }
  return written == stretch;
}

/* The kernel calls it for each open file; it writes the whole stretch at the first. */
SEC("iter/task_file")
int sockets_of_thread(struct bpf_iter__task_file *context) {
  if (!context->task || !context->file) {
    return 0;
  }
  struct task_struct *thread = task_at(context->task);
  struct seq_file *seq = context->meta->seq;
  __u32 stretch = context->fd / TCPT_DESCRIPTORS;
  struct files_struct *files = thread->files;
  if (!files || is_written(seq, stretch)) {
    return 0;
  }
  struct table table;
  open_table(&table, seq, thread, files);
  read_stretch(&table, stretch);
  write(&table);
  return table.has_changed;
}
