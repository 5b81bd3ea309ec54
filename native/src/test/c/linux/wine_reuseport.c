/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into Wine. On Windows, processes that all set SO_REUSEADDR may listen on one port;
 * Linux wants SO_REUSEPORT for that, which Wine does not set.
 */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

typedef int set_option(int, int, int, const void *, socklen_t);

int setsockopt(int fd, int level, int name, const void *value, socklen_t length) {
  void *found = dlsym(RTLD_NEXT, "setsockopt");
  set_option *next;
  memcpy(&next, &found, sizeof found);
  if (level == SOL_SOCKET && name == SO_REUSEADDR) {
    next(fd, SOL_SOCKET, SO_REUSEPORT, value, length);
  }
  return next(fd, level, name, value, length);
}
