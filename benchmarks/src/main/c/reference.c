#define _GNU_SOURCE
#include "reference.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
  MOST_THREADS = 2,
  REPLY_CAPACITY = 256 * 1024,
  ENTRIES_CAPACITY = 32 * 1024,
  STAT_CAPACITY = 1024,
  STAT_START_FIELD = 22,
  ATTRIBUTE_HEADER = (int)sizeof(struct nlattr),
  NO_OWNER = -1,
};

struct row {
  struct inet_diag_msg socket;
  int64_t mark;
  bool v6_only;
  int32_t owner; /* the first one found, by its number in a walk's processes */
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

/* What one thread needs and finds. */
struct walk {
  struct reference *of;
  char entries[ENTRIES_CAPACITY];
  char stat[STAT_CAPACITY];
  struct process *processes;
  size_t process_count, process_room;
  struct finding *findings;
  size_t finding_count, finding_room;
  int error;
};

struct reference {
  char reply[REPLY_CAPACITY];
  uint32_t sequence;
  struct row *rows;
  size_t row_count, row_room;
  uint32_t *inodes;  /* distinct, by number */
  uint32_t *slots;   /* number + 1 by hash of the inode, 0 for empty */
  int32_t *owner_of; /* by number of the inode */
  size_t inode_count, slot_count, slot_room, inode_room;
  int *pids;
  size_t pid_count, pid_room;
  int proc;
  atomic_size_t next_pid;
  struct walk walks[MOST_THREADS];
};

/* Makes room for one more; false if there is no memory. */
static bool grow(void **array, size_t *room, size_t count, size_t size) {
  if (count < *room)
    return true;
  size_t more = *room == 0 ? 256 : 2 * *room;
  void *grown = realloc(*array, more * size);
  if (grown == NULL)
    return false;
  *array = grown;
  *room = more;
  return true;
}

/* ---- sockets ---- */

static int decode(struct reference *r, const struct nlmsghdr *header) {
  if (header->nlmsg_len < NLMSG_LENGTH(sizeof(struct inet_diag_msg)))
    return -EBADMSG;
  if (!grow((void **)&r->rows, &r->row_room, r->row_count, sizeof *r->rows))
    return -ENOMEM;
  struct row *row = &r->rows[r->row_count++];
  memcpy(&row->socket, NLMSG_DATA(header), sizeof row->socket);
  row->mark = -1;
  row->v6_only = false;
  row->owner = NO_OWNER;
  const char *at = (const char *)NLMSG_DATA(header) + sizeof(struct inet_diag_msg);
  const char *end = (const char *)header + header->nlmsg_len;
  while (end - at >= ATTRIBUTE_HEADER) {
    struct nlattr attribute;
    memcpy(&attribute, at, sizeof attribute);
    if (attribute.nla_len < ATTRIBUTE_HEADER || attribute.nla_len > end - at)
      return -EBADMSG;
    if (attribute.nla_type == INET_DIAG_MARK) {
      uint32_t mark;
      memcpy(&mark, at + ATTRIBUTE_HEADER, sizeof mark);
      row->mark = mark;
    } else if (attribute.nla_type == INET_DIAG_SKV6ONLY) {
      row->v6_only = at[ATTRIBUTE_HEADER] != 0;
    }
    at += NLMSG_ALIGN(attribute.nla_len);
  }
  return 0;
}

/* 1 at the end of the dump, 0 before, -errno if it failed. */
static int read_reply(struct reference *r, size_t length) {
  size_t at = 0;
  while (at < length) {
    const struct nlmsghdr *header = (const struct nlmsghdr *)(r->reply + at);
    if (length - at < sizeof *header || header->nlmsg_len < sizeof *header || header->nlmsg_len > length - at ||
        header->nlmsg_seq != r->sequence)
      return -EBADMSG;
    if (header->nlmsg_flags & NLM_F_DUMP_INTR)
      return -EAGAIN;
    if (header->nlmsg_type == NLMSG_DONE)
      return 1;
    if (header->nlmsg_type == NLMSG_ERROR)
      return ((const struct nlmsgerr *)NLMSG_DATA(header))->error;
    int result = decode(r, header);
    if (result < 0)
      return result;
    at += NLMSG_ALIGN(header->nlmsg_len);
  }
  return 0;
}

static int receive_all(struct reference *r, int fd) {
  for (;;) {
    struct sockaddr_nl sender;
    socklen_t sender_length = sizeof sender;
    ssize_t length = recvfrom(fd, r->reply, sizeof r->reply, MSG_DONTWAIT | MSG_TRUNC, (struct sockaddr *)&sender,
                              &sender_length);
    if (length < 0)
      return -errno;
    if (sender.nl_pid != 0)
      continue;
    int result = read_reply(r, (size_t)length);
    if (result != 0)
      return result < 0 ? result : 0;
  }
}

/* The older request, which asks for both families at once. */
static int read_sockets(struct reference *r, int port, uint32_t states) {
  struct {
    struct nlmsghdr header;
    struct inet_diag_req request;
  } message = {
      .header = {.nlmsg_len = sizeof message,
                 .nlmsg_type = TCPDIAG_GETSOCK,
                 .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
                 .nlmsg_seq = ++r->sequence},
      .request = {.idiag_family = AF_INET, .id.idiag_sport = htons((uint16_t)port), .idiag_states = states},
  };
  r->row_count = 0;
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (fd < 0)
    return -errno;
  int result = send(fd, &message, sizeof message, 0) < 0 ? -errno : receive_all(r, fd);
  close(fd);
  return result;
}

/* ---- owners ---- */

static size_t slot_of(const struct reference *r, uint32_t inode) {
  return (size_t)((inode * 0x9E3779B97F4A7C15u) >> 32) & (r->slot_count - 1);
}

static int want_inodes(struct reference *r) {
  size_t slots = 256;
  while (slots < 2 * r->row_count)
    slots *= 2;
  if (slots > r->slot_room) {
    free(r->slots);
    r->slots = malloc(slots * sizeof *r->slots);
    r->slot_room = r->slots == NULL ? 0 : slots;
  }
  if (r->row_count > r->inode_room) {
    free(r->inodes);
    free(r->owner_of);
    r->inodes = malloc(r->row_count * sizeof *r->inodes);
    r->owner_of = malloc(r->row_count * sizeof *r->owner_of);
    r->inode_room = r->inodes == NULL || r->owner_of == NULL ? 0 : r->row_count;
  }
  if (r->slot_room < slots || r->inode_room < r->row_count)
    return -ENOMEM;
  r->slot_count = slots;
  memset(r->slots, 0, slots * sizeof *r->slots);
  r->inode_count = 0;
  for (size_t i = 0; i < r->row_count; i++) {
    uint32_t inode = r->rows[i].socket.idiag_inode;
    if (inode == 0)
      continue;
    size_t slot = slot_of(r, inode);
    while (r->slots[slot] != 0 && r->inodes[r->slots[slot] - 1] != inode)
      slot = (slot + 1) & (r->slot_count - 1);
    if (r->slots[slot] == 0) {
      r->inodes[r->inode_count] = inode;
      r->owner_of[r->inode_count] = NO_OWNER;
      r->slots[slot] = (uint32_t)++r->inode_count;
    }
  }
  return 0;
}

/* The number of a wanted inode, or -1. */
static int64_t index_of(const struct reference *r, uint32_t inode) {
  for (size_t slot = slot_of(r, inode); r->slots[slot] != 0; slot = (slot + 1) & (r->slot_count - 1))
    if (r->inodes[r->slots[slot] - 1] == inode)
      return r->slots[slot] - 1;
  return -1;
}

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

static int list_processes(struct reference *r) {
  char *entries = r->walks[0].entries;
  r->pid_count = 0;
  long length;
  while ((length = getdents(r->proc, entries)) > 0) {
    for (long at = 0; at < length; at += ((struct linux_dirent64 *)(entries + at))->d_reclen) {
      int pid = atoi(((struct linux_dirent64 *)(entries + at))->d_name);
      if (pid == 0)
        continue;
      if (!grow((void **)&r->pids, &r->pid_room, r->pid_count, sizeof *r->pids))
        return -ENOMEM;
      r->pids[r->pid_count++] = pid;
    }
  }
  return length < 0 ? -errno : 0;
}

/* Adds the process, known by its start time, to those found; false if it is gone. */
static bool identify(struct walk *w, int fd, int pid) {
  int stat = openat(fd, "../stat", O_CLOEXEC);
  if (stat < 0)
    return false;
  ssize_t length = read(stat, w->stat, sizeof w->stat - 1);
  close(stat);
  if (length <= 0)
    return false;
  w->stat[length] = 0;
  const char *name = strchr(w->stat, '(');
  const char *name_end = strrchr(w->stat, ')');
  if (name == NULL || name_end == NULL)
    return false;
  struct process *process = &w->processes[w->process_count];
  process->pid = pid;
  snprintf(process->name, sizeof process->name, "%.*s", (int)(name_end - name - 1), name + 1);
  const char *field = name_end + 1;
  for (int i = 3; i <= STAT_START_FIELD && field != NULL; i++)
    field = strchr(field + 1, ' ');
  if (field == NULL)
    return false;
  process->start = strtoull(field, NULL, 10);
  w->process_count++;
  return true;
}

static void read_link(struct walk *w, int fd, const char *name) {
  char target[64];
  ssize_t length = readlinkat(fd, name, target, sizeof target);
  if (length <= 8 || memcmp(target, "socket:[", 8) != 0)
    return;
  uint32_t inode = 0;
  for (ssize_t i = 8; i < length - 1; i++)
    inode = inode * 10 + (uint32_t)(target[i] - '0');
  int64_t index = index_of(w->of, inode);
  if (index < 0)
    return;
  if (!grow((void **)&w->findings, &w->finding_room, w->finding_count, sizeof *w->findings)) {
    w->error = -ENOMEM;
    return;
  }
  w->findings[w->finding_count++] = (struct finding){(uint32_t)index, (uint32_t)w->process_count};
}

static void look(struct walk *w, int pid) {
  char path[32];
  snprintf(path, sizeof path, "%d/fd", pid);
  int fd = openat(w->of->proc, path, O_CLOEXEC);
  if (fd < 0)
    return;
  if (!grow((void **)&w->processes, &w->process_room, w->process_count, sizeof *w->processes)) {
    w->error = -ENOMEM;
    close(fd);
    return;
  }
  size_t before = w->finding_count;
  long length;
  while ((length = getdents(fd, w->entries)) > 0) {
    for (long at = 0; at < length; at += ((struct linux_dirent64 *)(w->entries + at))->d_reclen) {
      const char *name = ((struct linux_dirent64 *)(w->entries + at))->d_name;
      if (name[0] != '.')
        read_link(w, fd, name);
    }
  }
  if (w->finding_count > before && !identify(w, fd, pid))
    w->finding_count = before;
  close(fd);
}

static void *look_at_all(void *argument) {
  struct walk *w = argument;
  struct reference *r = w->of;
  w->process_count = 0;
  w->finding_count = 0;
  w->error = 0;
  for (size_t i = r->next_pid++; i < r->pid_count; i = r->next_pid++)
    look(w, r->pids[i]);
  return NULL;
}

/* Sockets with several owners keep the first here: the others cost one more entry each, too few to matter. */
static void join(struct reference *r, int threads) {
  int32_t process = 0;
  for (int t = 0; t < threads; t++) {
    const struct walk *w = &r->walks[t];
    for (size_t i = 0; i < w->finding_count; i++) {
      int32_t *owner = &r->owner_of[w->findings[i].index];
      if (*owner == NO_OWNER)
        *owner = process + (int32_t)w->findings[i].process;
    }
    process += (int32_t)w->process_count;
  }
  for (size_t i = 0; i < r->row_count; i++) {
    int64_t index = index_of(r, r->rows[i].socket.idiag_inode);
    r->rows[i].owner = index < 0 ? NO_OWNER : r->owner_of[index];
  }
}

static int read_owners(struct reference *r, int threads) {
  int result = want_inodes(r);
  if (result < 0)
    return result;
  r->proc = openat(AT_FDCWD, "/proc", O_CLOEXEC);
  if (r->proc < 0)
    return -errno;
  result = list_processes(r);
  if (result == 0) {
    r->next_pid = 0;
    pthread_t other;
    if (threads > 1)
      result = -pthread_create(&other, NULL, look_at_all, &r->walks[1]);
    if (result == 0) {
      look_at_all(&r->walks[0]);
      if (threads > 1)
        pthread_join(other, NULL);
    }
  }
  close(r->proc);
  for (int t = 0; t < threads && result == 0; t++)
    result = r->walks[t].error;
  if (result == 0)
    join(r, threads);
  return result;
}

struct reference *reference_open(void) {
  struct reference *r = calloc(1, sizeof *r);
  if (r != NULL)
    for (int t = 0; t < MOST_THREADS; t++)
      r->walks[t].of = r;
  return r;
}

long reference_snapshot(struct reference *r, int port, uint32_t states, int threads) {
  if (threads < 0 || threads > MOST_THREADS)
    return -EINVAL;
  int result = read_sockets(r, port, states);
  if (result == 0 && threads > 0)
    result = read_owners(r, threads);
  return result < 0 ? result : (long)r->row_count;
}

long reference_owned(const struct reference *r) {
  long owned = 0;
  for (size_t i = 0; i < r->row_count; i++)
    owned += r->rows[i].owner != NO_OWNER;
  return owned;
}

long reference_calls(int call, int count) {
  char target[64];
  long sum = 0;
  for (int i = 0; i < count; i++)
    sum += call == REFERENCE_CLOSE ? (long)close(-1) : (long)readlinkat(AT_FDCWD, "/proc/self", target, sizeof target);
  return sum;
}

void reference_close(struct reference *r) {
  for (int t = 0; t < MOST_THREADS; t++) {
    free(r->walks[t].processes);
    free(r->walks[t].findings);
  }
  free(r->rows);
  free(r->inodes);
  free(r->slots);
  free(r->owner_of);
  free(r->pids);
  free(r);
}
