/* One snapshot, owners by /proc, as a whole process: reference THREADS [PORT] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference.h"

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    fprintf(stderr, "usage: reference THREADS [PORT]\n");
    return 2;
  }
  struct reference *r = reference_open();
  if (r == NULL)
    return 1;
  long sockets = reference_snapshot(r, argc == 3 ? atoi(argv[2]) : 0, REFERENCE_ALL_STATES, REFERENCE_PROC, atoi(argv[1]));
  if (sockets < 0)
    fprintf(stderr, "reference: %s\n", strerror((int)-sockets));
  else
    printf("%ld sockets, %ld with an owner\n", sockets, reference_owned(r));
  reference_close(r);
  return sockets < 0;
}
