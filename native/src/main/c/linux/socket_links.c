/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "socket_links.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* struct linux_dirent64: 8 ino, 8 off, 2 reclen, 1 type, then the name up to a zero byte. */
enum { ENTRY_LENGTH = 16, ENTRY_NAME = 19 };

enum { LONGEST_LINK = 64 };

/* The length of the entry, or 0 if it is no whole one. */
static size_t entry_length(const char *entry, size_t left) {
  uint16_t length = 0;
  if (left > ENTRY_NAME) {
    memcpy(&length, entry + ENTRY_LENGTH, sizeof length);
  }
  bool whole = length > ENTRY_NAME && length <= left &&
      memchr(entry + ENTRY_NAME, 0, length - ENTRY_NAME) != NULL;
  return whole ? length : 0;
}

/* The number in socket:[12345], or 0, which no socket has. */
static uint64_t socket_inode(const char *target, size_t length) {
  static const char prefix[] = "socket:[";
  size_t at = sizeof prefix - 1;
  if (length <= at || memcmp(target, prefix, at) != 0) {
    return 0;
  }
  uint64_t inode = 0;
  for (; at < length && target[at] >= '0' && target[at] <= '9'; at++) {
    inode = inode * 10 + (uint64_t) (target[at] - '0');
  }
  return inode;
}

size_t tcpt_socket_links(int directory, const char *entries, size_t length,
    struct tcpt_socket_links *links, size_t room) {
  size_t capacity = (room - sizeof *links) / sizeof links->inodes[0];
  links->read = 0;
  links->sockets = 0;
  size_t at = 0;
  size_t next = entry_length(entries, length);
  for (; next > 0; at += next, next = entry_length(entries + at, length - at)) {
    const char *name = entries + at + ENTRY_NAME;
    if (name[0] == '.') {
      continue;
    }
    char target[LONGEST_LINK];
    ssize_t size =
        links->sockets < capacity ? readlinkat(directory, name, target, sizeof target) : -1;
    if (size < 0) {
      break;
    }
    links->read++;
    uint64_t inode = socket_inode(target, (size_t) size);
    if (inode != 0) {
      links->inodes[links->sockets++] = inode;
    }
  }
  return at;
}
