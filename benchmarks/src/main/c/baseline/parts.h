/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the C baseline share. */
#ifndef PARTS_H
#define PARTS_H

#include <linux/inet_diag.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "baseline.h"

enum {
  MOST_THREADS = 4,
  MOST_DUMPS = 2,
  REPLY_CAPACITY = 256 * 1024,
  ENTRIES_CAPACITY = 32 * 1024,
  STAT_CAPACITY = 1024,
  NO_OWNER = -1,
};

struct row {
  struct inet_diag_msg socket;
  int64_t mark;
  bool v6_only;
  int32_t owner; /* the first one found, by its number in all walks' processes */
};

/* One request and what came of it. */
struct dump {
  int fd;
  uint32_t sequence;
  struct row *rows;
  size_t row_count, row_room;
  int result;
  char reply[REPLY_CAPACITY];
};

struct process {
  int pid;
  unsigned long long start;
  char name[64];
};

struct finding {
  uint32_t index; /* of the inode */
  uint32_t process;
};

/* Such as are the names in a directory of processes. */
struct numbers {
  int *at;
  size_t count, room;
};

/* What one thread needs and finds. */
struct walk {
  struct baseline *of;
  char bytes[ENTRIES_CAPACITY];
  char stat[STAT_CAPACITY];
  struct numbers threads;
  struct process *processes;
  size_t process_count, process_room;
  struct finding *findings;
  size_t finding_count, finding_room;
  int error;
};

struct baseline {
  struct dump dumps[MOST_DUMPS]; /* all rows end up in the first */
  uint32_t sequence;
  size_t last_count; /* of all sockets, when they were last asked for */
  uint32_t *inodes;  /* distinct, by number */
  uint32_t *slots;   /* number + 1 by hash of the inode, 0 for empty */
  int32_t *owner_of; /* by number of the inode */
  size_t inode_count, slot_count, slot_room, inode_room;
  struct numbers pids;
  int proc;
  atomic_size_t next_pid;
  struct walk walks[MOST_THREADS];
};

/* Makes room for so many; false if there is no memory. */
bool grow(void **array, size_t *room, size_t count, size_t size);

/*
 * Fills the rows: by two dumps at once where more than one thread may work and there were many
 * sockets. 0 or -errno.
 */
int read_sockets(struct baseline *r, int port, uint32_t states, int threads);

bool add_number(struct numbers *numbers, int number);

/* The number of a wanted inode, or -1. */
int64_t index_of(const struct baseline *r, uint32_t inode);

/* Notes that the process now being looked into holds the wanted socket of this number. */
void found(struct walk *w, int64_t index);

/* Both find who holds the wanted inodes: 0 or -errno. */
int walk_proc(struct baseline *r, int threads);
int walk_bpf(struct baseline *r);

#endif
