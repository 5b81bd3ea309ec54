/* SPDX-License-Identifier: Apache-2.0 */
/* Loads the program of bpf/state_changes.bpf.c once for each watch, as each has its own filter. */

#define _GNU_SOURCE

#include "tcptable.h"

#include <errno.h>

#if __has_include("state_changes.skel.h")

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "state_changes.skel.h"

static void close_all(const struct tcpt_state_changes *opened) {
  const int descriptors[] = {opened->link, opened->program, opened->ring, opened->counters};
  for (int i = 0; i < 4; i++) {
    if (descriptors[i] >= 0) {
      close(descriptors[i]);
    }
  }
}

/* The skeleton closes its own descriptors. */
static int take(int descriptor) {
  return fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
}

static int load(struct state_changes_bpf *skeleton, struct tcpt_state_changes *request) {
  skeleton->rodata->wanted_namespace = request->network_namespace;
  skeleton->rodata->any_port = request->any_port != 0;
  memcpy((void *) skeleton->rodata->wanted_ports, request->ports, sizeof request->ports);
  skeleton->maps.changes.max_entries = request->ring_size;
  int error = state_changes_bpf__load(skeleton);
  if (error < 0) {
    return errno != 0 ? -errno : error;
  }
  request->link = skel_raw_tracepoint_open(NULL, skeleton->progs.state_changes.prog_fd);
  if (request->link < 0) {
    return -errno;
  }
  request->program = take(skeleton->progs.state_changes.prog_fd);
  request->ring = take(skeleton->maps.changes.map_fd);
  request->counters = take(skeleton->maps.bss.map_fd);
  return request->program < 0 || request->ring < 0 || request->counters < 0 ? -errno : 0;
}

int tcptable_state_changes_open(struct tcpt_state_changes *request) {
  request->link = -1;
  request->program = -1;
  request->ring = -1;
  request->counters = -1;
  request->page_size = (int) sysconf(_SC_PAGESIZE);
  if (request->ring_size < (uint32_t) request->page_size) {
    request->ring_size = (uint32_t) request->page_size;
  }
  struct state_changes_bpf *skeleton = state_changes_bpf__open();
  if (skeleton == NULL) {
    return -errno;
  }
  errno = 0;
  int result = load(skeleton, request);
  state_changes_bpf__destroy(skeleton);
  if (result < 0) {
    close_all(request);
  }
  return result;
}

#else

int tcptable_state_changes_open(struct tcpt_state_changes *request) {
  (void) request;
  return -ENOPKG;
}

#endif
