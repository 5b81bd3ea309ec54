/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts.h"

bool grow(void **array, size_t *room, size_t count, size_t size) {
  if (count <= *room) {
    return true;
  }
  size_t more = *room == 0 ? 256 : *room;
  while (more < count) {
    more *= 2;
  }
  void *grown = realloc(*array, more * size);
  if (grown == NULL) {
    return false;
  }
  *array = grown;
  *room = more;
  return true;
}

bool add_number(struct numbers *numbers, int number) {
  if (!grow((void **) &numbers->at, &numbers->room, numbers->count + 1, sizeof *numbers->at)) {
    return false;
  }
  numbers->at[numbers->count++] = number;
  return true;
}

static size_t slot_of(const struct baseline *r, uint32_t inode) {
  return (size_t) ((inode * 0x9E3779B97F4A7C15u) >> 32) & (r->slot_count - 1);
}

static int want_inodes(struct baseline *r) {
  size_t slots = 256;
  while (slots < 2 * r->dumps[0].row_count) {
    slots *= 2;
  }
  if (slots > r->slot_room) {
    free(r->slots);
    r->slots = malloc(slots * sizeof *r->slots);
    r->slot_room = r->slots == NULL ? 0 : slots;
  }
  if (r->dumps[0].row_count > r->inode_room) {
    free(r->inodes);
    free(r->owner_of);
    r->inodes = malloc(r->dumps[0].row_count * sizeof *r->inodes);
    r->owner_of = malloc(r->dumps[0].row_count * sizeof *r->owner_of);
    r->inode_room = r->inodes == NULL || r->owner_of == NULL ? 0 : r->dumps[0].row_count;
  }
  if (r->slot_room < slots || r->inode_room < r->dumps[0].row_count) {
    return -ENOMEM;
  }
  r->slot_count = slots;
  memset(r->slots, 0, slots * sizeof *r->slots);
  r->inode_count = 0;
  for (size_t i = 0; i < r->dumps[0].row_count; i++) {
    uint32_t inode = r->dumps[0].rows[i].socket.idiag_inode;
    if (inode == 0) {
      continue;
    }
    size_t slot = slot_of(r, inode);
    while (r->slots[slot] != 0 && r->inodes[r->slots[slot] - 1] != inode) {
      slot = (slot + 1) & (r->slot_count - 1);
    }
    if (r->slots[slot] == 0) {
      r->inodes[r->inode_count] = inode;
      r->owner_of[r->inode_count] = NO_OWNER;
      r->slots[slot] = (uint32_t) ++r->inode_count;
    }
  }
  return 0;
}

int64_t index_of(const struct baseline *r, uint32_t inode) {
  for (size_t slot = slot_of(r, inode); r->slots[slot] != 0;
       slot = (slot + 1) & (r->slot_count - 1)) {
    if (r->inodes[r->slots[slot] - 1] == inode) {
      return r->slots[slot] - 1;
    }
  }
  return -1;
}

void found(struct walk *w, int64_t index) {
  if (!grow((void **) &w->findings, &w->finding_room, w->finding_count + 1, sizeof *w->findings)) {
    w->error = -ENOMEM;
    return;
  }
  w->findings[w->finding_count++] = (struct finding){(uint32_t) index, (uint32_t) w->process_count};
}

/*
 * Sockets with several owners keep the first here: the others cost one more entry each, too few to
 * matter.
 */
static void join(struct baseline *r) {
  int32_t process = 0;
  for (int t = 0; t < MOST_THREADS; t++) {
    const struct walk *w = &r->walks[t];
    for (size_t i = 0; i < w->finding_count; i++) {
      int32_t *owner = &r->owner_of[w->findings[i].index];
      if (*owner == NO_OWNER) {
        *owner = process + (int32_t) w->findings[i].process;
      }
    }
    process += (int32_t) w->process_count;
  }
  for (size_t i = 0; i < r->dumps[0].row_count; i++) {
    int64_t index = index_of(r, r->dumps[0].rows[i].socket.idiag_inode);
    r->dumps[0].rows[i].owner = index < 0 ? NO_OWNER : r->owner_of[index];
  }
}

static int read_owners(struct baseline *r, enum baseline_owners owners, int threads) {
  int result = want_inodes(r);
  for (int t = 0; t < MOST_THREADS; t++) {
    struct walk *w = &r->walks[t];
    w->process_count = 0;
    w->finding_count = 0;
    w->error = 0;
  }
  if (result == 0 && r->inode_count > 0) {
    result = owners == BASELINE_BPF ? walk_bpf(r) : walk_proc(r, threads);
  }
  for (int t = 0; t < MOST_THREADS && result == 0; t++) {
    result = r->walks[t].error;
  }
  if (result == 0) {
    join(r);
  }
  return result;
}

struct baseline *baseline_open(void) {
  struct baseline *r = calloc(1, sizeof *r);
  if (r != NULL) {
    for (int t = 0; t < MOST_THREADS; t++) {
      r->walks[t].of = r;
    }
  }
  return r;
}

long baseline_snapshot(
    struct baseline *r, int port, uint32_t states, enum baseline_owners owners, int threads) {
  if (threads < 1 || threads > MOST_THREADS) {
    return -EINVAL;
  }
  r->inode_count = 0;
  int result = read_sockets(r, port, states, threads);
  if (result == 0 && owners != BASELINE_NO_OWNERS) {
    result = read_owners(r, owners, threads);
  }
  return result < 0 ? result : (long) r->dumps[0].row_count;
}

long baseline_owned(const struct baseline *r) {
  long owned = 0;
  for (size_t i = 0; i < r->inode_count; i++) {
    owned += r->owner_of[i] != NO_OWNER;
  }
  return owned;
}

long baseline_calls(int call, int count) {
  char target[64];
  long sum = 0;
  for (int i = 0; i < count; i++) {
    sum += call == BASELINE_CLOSE
        ? (long) close(-1)
        : (long) readlinkat(AT_FDCWD, "/proc/self", target, sizeof target);
  }
  return sum;
}

void baseline_close(struct baseline *r) {
  for (int t = 0; t < MOST_THREADS; t++) {
    free(r->walks[t].processes);
    free(r->walks[t].findings);
    free(r->walks[t].threads.at);
  }
  for (int d = 0; d < MOST_DUMPS; d++) {
    free(r->dumps[d].rows);
  }
  free(r->inodes);
  free(r->slots);
  free(r->owner_of);
  free(r->pids.at);
  free(r);
}
