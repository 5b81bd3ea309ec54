/* SPDX-License-Identifier: Apache-2.0 */
/* Loads the programs of bpf/socket_owners.bpf.c once, and makes iterators of them. */

#define _GNU_SOURCE

#include "tcptable.h"

#include <errno.h>

#if __has_include("socket_owners.skel.h")

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "socket_owners.skel.h"

/* Guards the three below. pthread_once(3) would need glibc 2.34. */
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
static bool loaded;

/* The iterators over tasks; the link keeps their program. Below zero, why there are none. */
static int tasks_link;

/* The program of the iterators over the open files of one thread. */
static int thread_program;

static int attach(void) {
  /* A light skeleton: bytes of the programs, and of another that loads them; it needs no libbpf. */
  struct socket_owners_bpf *skeleton = socket_owners_bpf__open();
  if (skeleton == NULL) {
    return -errno;
  }
  int link = socket_owners_bpf__load(skeleton);
  if (link >= 0) {
    link = skel_link_create(skeleton->progs.socket_owners.prog_fd, 0, BPF_TRACE_ITER);
  }
  if (link >= 0) {
    thread_program = fcntl(skeleton->progs.sockets_of_thread.prog_fd, F_DUPFD_CLOEXEC, 0);
  }
  int error = errno;
  socket_owners_bpf__destroy(skeleton);
  if (link >= 0 && thread_program < 0) {
    close(link);
    link = -1;
  }
  return link >= 0 ? link : -error;
}

static int load(void) {
  pthread_mutex_lock(&loading);
  if (!loaded) {
    tasks_link = attach();
    loaded = true;
  }
  int link = tasks_link;
  pthread_mutex_unlock(&loading);
  return link;
}

__attribute__((destructor)) static void unload(void) {
  if (loaded && tasks_link >= 0) {
    close(tasks_link);
    close(thread_program);
  }
}

static int call_bpf(int command, union bpf_attr *request, unsigned int size) {
  long fd = syscall(SYS_bpf, command, request, size);
  return fd >= 0 ? (int) fd : -errno;
}

static int iterator_of(int link) {
  union bpf_attr request;
  memset(&request, 0, sizeof request);
  request.iter_create.link_fd = (__u32) link;
  return call_bpf(BPF_ITER_CREATE, &request, sizeof request.iter_create);
}

/* A link is bound to its thread, so each iterator has one of its own. */
static int iterator_of_thread(int thread) {
  union bpf_iter_link_info only;
  memset(&only, 0, sizeof only);
  only.task.tid = (__u32) thread;
  union bpf_attr request;
  memset(&request, 0, sizeof request);
  request.link_create.prog_fd = (__u32) thread_program;
  request.link_create.attach_type = BPF_TRACE_ITER;
  request.link_create.iter_info = (__u64) (uintptr_t) &only;
  request.link_create.iter_info_len = sizeof only;
  int link = call_bpf(BPF_LINK_CREATE, &request, sizeof request.link_create);
  if (link < 0) {
    return link;
  }
  int iterator = iterator_of(link);
  close(link);
  return iterator;
}

int tcptable_bpf_iter_create(int thread) {
  int link = load();
  if (link < 0) {
    return link;
  }
  return thread == 0 ? iterator_of(link) : iterator_of_thread(thread);
}

#else

int tcptable_bpf_iter_create(int thread) {
  (void) thread;
  return -ENOPKG;
}

#endif
