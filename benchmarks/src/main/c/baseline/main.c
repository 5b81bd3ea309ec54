/* SPDX-License-Identifier: Apache-2.0 */
/* One snapshot, owners by /proc, as a whole process: baseline THREADS [PORT] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baseline.h"

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    fprintf(stderr, "usage: baseline THREADS [PORT]\n");
    return 2;
  }
  struct baseline *r = baseline_open();
  if (r == NULL) {
    return 1;
  }
  long sockets = baseline_snapshot(
      r, argc == 3 ? atoi(argv[2]) : 0, BASELINE_ALL_STATES, BASELINE_PROC, atoi(argv[1]));
  if (sockets < 0) {
    fprintf(stderr, "baseline: %s\n", strerror((int) -sockets));
  } else {
    printf("%ld sockets, %ld with an owner\n", sockets, baseline_owned(r));
  }
  baseline_close(r);
  return sockets < 0;
}
