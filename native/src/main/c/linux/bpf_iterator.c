/* Loads the program of bpf/socket_owners.bpf.c once, and makes iterators of it. */

#define _GNU_SOURCE

#include "tcptable.h"

#include <errno.h>

#if __has_include("socket_owners.skel.h")

#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "socket_owners.skel.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The link keeps the program; below zero, why there is none. */
static int link_fd = -ENOSYS;

static int attach(void) {
  /* A light skeleton: bytes of the program, and of another that loads it; it needs no libbpf. */
  struct socket_owners_bpf *skeleton = socket_owners_bpf__open();
  if (skeleton == NULL) {
    return -errno;
  }
  int result = socket_owners_bpf__load(skeleton);
  if (result >= 0) {
    result = skel_link_create(skeleton->progs.socket_owners.prog_fd, 0, BPF_TRACE_ITER);
  }
  int error = result >= 0 ? 0 : -errno;
  socket_owners_bpf__destroy(skeleton);
  return result >= 0 ? result : error;
}

static void load(void) {
  link_fd = attach();
}

__attribute__((destructor)) static void unload(void) {
  if (link_fd >= 0) {
    close(link_fd);
  }
}

int tcptable_bpf_iter_create(void) {
  pthread_once(&once, load);
  if (link_fd < 0) {
    return link_fd;
  }
  union bpf_attr request;
  memset(&request, 0, sizeof request);
  request.iter_create.link_fd = (__u32)link_fd;
  long fd = syscall(SYS_bpf, BPF_ITER_CREATE, &request, sizeof request.iter_create);
  return fd >= 0 ? (int)fd : -errno;
}

#else

int tcptable_bpf_iter_create(void) {
  return -ENOSYS;
}

#endif
