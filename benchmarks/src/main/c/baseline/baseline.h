/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C baseline: what tcptable does on Linux, in C, with the same system calls in the same order
 * and nothing else.
 *
 * A baseline keeps its buffers from one snapshot to the next, as tcptable does; it serves one
 * caller at a time.
 */
#ifndef BASELINE_H
#define BASELINE_H

#include <stdint.h>

#define BASELINE_ALL_STATES (~0u)
#define BASELINE_LISTEN (1u << 10)

/* All else is hidden, or a function of the JVM could be called by the same name. */
#pragma GCC visibility push(default)

struct baseline;

/* NULL if there is no memory. */
struct baseline *baseline_open(void);

enum baseline_owners { BASELINE_NO_OWNERS, BASELINE_PROC, BASELINE_BPF };

/*
 * Reads the TCP sockets with this local port (0 for all) in these states, and who owns them, with
 * this many threads (1 to 4, of which a dump takes 2 at most) wherever tcptable would take several.
 * Returns the number of sockets, or -errno.
 */
long baseline_snapshot(
    struct baseline *r, int port, uint32_t states, enum baseline_owners owners, int threads);

/* How many of the sockets of the last snapshot have an owner; one that came twice counts once. */
long baseline_owned(const struct baseline *r);

enum { BASELINE_CLOSE, BASELINE_READLINKAT };

/* Makes one and the same system call so many times; returns the sum of their results. */
long baseline_calls(int call, int count);

void baseline_close(struct baseline *r);

#pragma GCC visibility pop

#endif
