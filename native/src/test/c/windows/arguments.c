/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Prints its arguments, one a line, then its variables if SHOW is one, and ends with the exit code
 * in EXIT_CODE, or else 7. Asked for its version, it says VERSION as a Java does.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  const char *version = getenv("VERSION");
  if (version != NULL && argc == 2 && strcmp(argv[1], "-version") == 0) {
    fprintf(stderr, "openjdk version \"%s\" 2026-10-20\n", version);
    return 0;
  }
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
