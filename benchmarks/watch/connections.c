/* SPDX-License-Identifier: Apache-2.0 */
/*
 * connections PORT SECONDS: makes connections to its own listener on 127.0.0.1 and resets them, one
 * after another, as fast as it can. Prints how many it made, and its own CPU time in nanoseconds.
 */

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void check(int result, const char *call) {
  if (result < 0) {
    perror(call);
    exit(1);
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static long long nanos(const struct timeval *time) {
  return time->tv_sec * 1000000000LL + time->tv_usec * 1000LL;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: connections PORT SECONDS\n");
    return 2;
  }
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_port = htons((uint16_t) atoi(argv[1]));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int one = 1;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  check(listener, "socket");
  check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one), "setsockopt");
  check(bind(listener, (struct sockaddr *) &address, sizeof address), "bind");
  check(listen(listener, 128), "listen");
  /* A reset leaves nothing in TIME_WAIT, which would use up the ports. */
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  long made = 0;
  for (double end = now() + atof(argv[2]); now() < end; made++) {
    int client = socket(AF_INET, SOCK_STREAM, 0);
    check(client, "socket");
    check(connect(client, (struct sockaddr *) &address, sizeof address), "connect");
    int accepted = accept(listener, NULL, NULL);
    check(accepted, "accept");
    check(setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "setsockopt");
    close(client);
    close(accepted);
  }
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  printf("%ld %lld\n", made, nanos(&used.ru_utime) + nanos(&used.ru_stime));
  return 0;
}
