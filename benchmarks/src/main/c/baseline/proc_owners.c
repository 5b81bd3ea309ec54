/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "parts.h"

enum { STAT_START_FIELD = 22, FEWEST_PROCESSES_TO_SHARE = 16 };

struct linux_dirent64 {
  uint64_t d_ino;
  int64_t d_off;
  unsigned short d_reclen;
  unsigned char d_type;
  char d_name[];
};

static long getdents(int fd, char *entries) {
  return syscall(SYS_getdents64, fd, entries, ENTRIES_CAPACITY);
}

/* Lists a directory; beyond its first part only if there are this many in it. 0 or -errno. */
static int list(int fd, char *entries, struct numbers *numbers, size_t fewest) {
  numbers->count = 0;
  do {
    long length = getdents(fd, entries);
    if (length <= 0) {
      return length < 0 ? -errno : 0;
    }
    for (long at = 0; at < length; at += ((struct linux_dirent64 *) (entries + at))->d_reclen) {
      int number = atoi(((struct linux_dirent64 *) (entries + at))->d_name);
      if (number != 0 && !add_number(numbers, number)) {
        return -ENOMEM;
      }
    }
  } while (numbers->count >= fewest);
  return 0;
}

/* Adds the process, known by its start time, to those found; false if it is gone. */
static bool identify(struct walk *w, int fd, int pid) {
  int stat = openat(fd, "../stat", O_CLOEXEC);
  if (stat < 0) {
    return false;
  }
  ssize_t length = read(stat, w->stat, sizeof w->stat - 1);
  close(stat);
  if (length <= 0) {
    return false;
  }
  w->stat[length] = 0;
  const char *name = strchr(w->stat, '(');
  const char *name_end = strrchr(w->stat, ')');
  if (name == NULL || name_end == NULL) {
    return false;
  }
  struct process *process = &w->processes[w->process_count];
  process->pid = pid;
  snprintf(process->name, sizeof process->name, "%.*s", (int) (name_end - name - 1), name + 1);
  const char *field = name_end + 1;
  for (int i = 3; i <= STAT_START_FIELD && field != NULL; i++) {
    field = strchr(field + 1, ' ');
  }
  if (field == NULL) {
    return false;
  }
  process->start = strtoull(field, NULL, 10);
  w->process_count++;
  return true;
}

static void read_link(struct walk *w, int fd, const char *name) {
  char target[64];
  ssize_t length = readlinkat(fd, name, target, sizeof target);
  if (length <= 8 || memcmp(target, "socket:[", 8) != 0) {
    return;
  }
  uint32_t inode = 0;
  for (ssize_t i = 8; i < length - 1; i++) {
    inode = inode * 10 + (uint32_t) (target[i] - '0');
  }
  int64_t index = index_of(w->of, inode);
  if (index >= 0) {
    found(w, index);
  }
}

/* Returns whether there are any; "." and ".." come first. */
static bool read_links(struct walk *w, int fd) {
  bool any = false;
  long length;
  while ((length = getdents(fd, w->bytes)) > 0) {
    for (long at = 0; at < length; at += ((struct linux_dirent64 *) (w->bytes + at))->d_reclen) {
      const char *name = ((struct linux_dirent64 *) (w->bytes + at))->d_name;
      if (name[0] != '.') {
        any = true;
        read_link(w, fd, name);
      }
    }
    if (!any) {
      return false;
    }
  }
  return any;
}

/* Where the first thread of a process has ended, the others still show its descriptors. */
static void read_links_of_threads(struct walk *w, int fd) {
  int task = openat(fd, "../task", O_CLOEXEC);
  if (task < 0) {
    return;
  }
  int result = list(task, w->bytes, &w->threads, 2);
  close(task);
  bool any = false;
  for (size_t i = 0; result == 0 && w->threads.count > 1 && i < w->threads.count && !any; i++) {
    char path[32];
    snprintf(path, sizeof path, "../task/%d/fd", w->threads.at[i]);
    int thread = openat(fd, path, O_CLOEXEC);
    if (thread >= 0) {
      any = read_links(w, thread);
      close(thread);
    }
  }
}

static void look(struct walk *w, int pid) {
  char path[32];
  snprintf(path, sizeof path, "%d/fd", pid);
  int fd = openat(w->of->proc, path, O_CLOEXEC);
  if (fd < 0) {
    return;
  }
  if (!grow(
          (void **) &w->processes, &w->process_room, w->process_count + 1, sizeof *w->processes)) {
    w->error = -ENOMEM;
    close(fd);
    return;
  }
  size_t before = w->finding_count;
  if (!read_links(w, fd)) {
    read_links_of_threads(w, fd);
  }
  if (w->finding_count > before && !identify(w, fd, pid)) {
    w->finding_count = before;
  }
  close(fd);
}

static void *look_at_all(void *argument) {
  struct walk *w = argument;
  struct baseline *r = w->of;
  for (size_t i = r->next_pid++; i < r->pids.count; i = r->next_pid++) {
    look(w, r->pids.at[i]);
  }
  return NULL;
}

/* Goes on with fewer threads where no more are to be had. */
static void share(struct baseline *r, int threads) {
  pthread_t others[MOST_THREADS];
  int count = 1;
  while (
      count < threads && pthread_create(&others[count], NULL, look_at_all, &r->walks[count]) == 0) {
    count++;
  }
  look_at_all(&r->walks[0]);
  for (int t = 1; t < count; t++) {
    pthread_join(others[t], NULL);
  }
}

int walk_proc(struct baseline *r, int threads) {
  r->proc = openat(AT_FDCWD, "/proc", O_CLOEXEC);
  if (r->proc < 0) {
    return -errno;
  }
  int result = list(r->proc, r->walks[0].bytes, &r->pids, 0);
  if (result == 0) {
    r->next_pid = 0;
    share(r, r->pids.count < FEWEST_PROCESSES_TO_SHARE ? 1 : threads);
  }
  close(r->proc);
  return result;
}
