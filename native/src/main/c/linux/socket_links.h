/* SPDX-License-Identifier: Apache-2.0 */
/* Many links of /proc/PID/fd in one call: a JVM that has just started takes long for each. */

#ifndef TCPT_SOCKET_LINKS_H
#define TCPT_SOCKET_LINKS_H

#include <stddef.h>
#include <stdint.h>

/* What comes back; io.tcptable.internal.linux.kernel.SocketLinks has the numbers. */
struct tcpt_socket_links {
  uint32_t read;    /* how many links */
  uint32_t sockets; /* how many of them lead to sockets */
  uint64_t inodes[];
};

/*
 * Reads the links that are named by entries as getdents64(2) gives them, and the inode of each that
 * reads socket:[INODE]. Stops before the first that cannot be read, that is no whole entry, or
 * that the room, in bytes, does not suffice for. Returns where that one begins, or the length.
 */
size_t tcpt_socket_links(int directory, const char *entries, size_t length,
    struct tcpt_socket_links *links, size_t room);

#endif
