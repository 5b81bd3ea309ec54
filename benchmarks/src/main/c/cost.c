/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a command and writes its processor time in microseconds and its peak memory in KiB to a
 * file: cost FILE COMMAND...
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long micros(struct timeval t) {
  return t.tv_sec * 1000000L + t.tv_usec;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: cost FILE COMMAND...\n");
    return 2;
  }
  pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    fprintf(stderr, "cost: %s: %s\n", argv[2], strerror(errno));
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
    return 1;
  }
  FILE *result = fopen(argv[1], "w");
  if (result == NULL) {
    return 1;
  }
  fprintf(result, "%ld %ld\n", micros(usage.ru_utime) + micros(usage.ru_stime), usage.ru_maxrss);
  return fclose(result) == 0 ? 0 : 1;
}
