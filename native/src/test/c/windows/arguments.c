/* SPDX-License-Identifier: Apache-2.0 */
/* Prints its arguments, one a line, and ends with exit code 7. */

#include <stdio.h>

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    puts(argv[i]);
  }
  return 7;
}
