/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/types.h>
#include <string.h>
#include <unistd.h>

#include "socket_owners.h"
#include "parts.h"
#include "tcptable.h"

/* Adds the process of a record to those found, unless it is the one of the record before. */
static bool identify(struct walk *w, const struct tcpt_owner_record *record) {
  if (w->process_count > 0) {
    const struct process *last = &w->processes[w->process_count - 1];
    if (last->pid == (int) record->pid && last->start == record->start_nanos) {
      return true;
    }
  }
  if (!grow(
          (void **) &w->processes, &w->process_room, w->process_count + 1, sizeof *w->processes)) {
    return false;
  }
  struct process *process = &w->processes[w->process_count++];
  process->pid = (int) record->pid;
  process->start = record->start_nanos;
  memset(process->name, 0, sizeof process->name);
  memcpy(process->name, record->name, sizeof record->name);
  return true;
}

static int read_record(struct walk *w, const struct tcpt_owner_record *record) {
  size_t before = w->finding_count;
  if (record->pid == 0) {
    return 0;
  }
  for (int i = 0; i < TCPT_DESCRIPTORS; i++) {
    int64_t index = record->inodes[i] == 0 ? -1 : index_of(w->of, record->inodes[i]);
    if (index >= 0) {
      found(w, index);
    }
  }
  if (w->finding_count == before) {
    return 0;
  }
  if (!identify(w, record)) {
    return -ENOMEM;
  }
  for (size_t i = before; i < w->finding_count; i++) {
    w->findings[i].process = (uint32_t) w->process_count - 1;
  }
  return 0;
}

static int iterate(struct walk *w, int thread) {
  int fd = tcptable_bpf_iter_create(thread);
  if (fd < 0) {
    return fd;
  }
  int result = 0;
  while (result == 0) {
    ssize_t length = read(fd, w->bytes, sizeof w->bytes);
    if (length == 0) {
      break;
    }
    if (length < 0 && errno != EAGAIN && errno != EINTR) {
      result = -errno;
    }
    for (ssize_t at = 0; at < length && result == 0;
         at += (ssize_t) sizeof(struct tcpt_owner_record)) {
      struct tcpt_owner_record record;
      memcpy(&record, w->bytes + at, sizeof record);
      if (record.stretch != TCPT_LONG_TABLE) {
        result = read_record(w, &record);
      } else if (!add_number(&w->threads, (int) record.thread)) {
        result = -ENOMEM;
      }
    }
  }
  close(fd);
  return result;
}

/* Tables too long for the iterator over all come after it, each by itself. */
int walk_bpf(struct baseline *r) {
  struct walk *w = &r->walks[0];
  w->threads.count = 0;
  int result = iterate(w, 0);
  for (size_t i = 0; result == 0 && i < w->threads.count; i++) {
    result = iterate(w, w->threads.at[i]);
  }
  return result;
}
