/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints its arguments, one a line, then its variables if SHOW is one, and ends with the exit code
 * in EXIT_CODE, or else 7.
 */

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    puts(argv[i]);
  }
  for (char **variable = getenv("SHOW") == NULL ? NULL : environ;
       variable != NULL && *variable != NULL; variable++) {
    puts(*variable);
  }
  const char *code = getenv("EXIT_CODE");
  return code == NULL ? 7 : atoi(code);
}
