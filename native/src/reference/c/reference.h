/*
 * The yardstick: what tcptable does on Linux, in C, with the same system calls in the same order and nothing else.
 *
 * A reference keeps its buffers from one snapshot to the next, as tcptable does; it serves one caller at a time.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stdint.h>

#define REFERENCE_ALL_STATES (~0u)
#define REFERENCE_LISTEN (1u << 10)

/* All else is hidden, or a function of the JVM could be called by the same name. */
#pragma GCC visibility push(default)

struct reference;

/* NULL if there is no memory. */
struct reference *reference_open(void);

enum reference_owners { REFERENCE_NO_OWNERS, REFERENCE_PROC, REFERENCE_BPF };

/*
 * Reads the TCP sockets with this local port (0 for all) in these states, and who owns them, with this many threads (1
 * to 4, of which a dump takes 2 at most) wherever tcptable would take several. Returns the number of sockets, or -errno.
 */
long reference_snapshot(struct reference *r, int port, uint32_t states, enum reference_owners owners, int threads);

/* How many of the sockets of the last snapshot have an owner; one that came twice counts once. */
long reference_owned(const struct reference *r);

enum { REFERENCE_CLOSE, REFERENCE_READLINKAT };

/* Makes one and the same system call so many times; returns the sum of their results. */
long reference_calls(int call, int count);

void reference_close(struct reference *r);

#pragma GCC visibility pop

#endif
