/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens TCP sockets for the benchmarks: socket-farm SOCKETS PROCESSES
 *
 * The sockets are loopback pairs and listeners, spread over the processes: three of four processes
 * use 127.0.0.1, the others ::1. One descriptor in five is no socket but a file or a pipe. Up to
 * 126 of the sockets are on one port, half of them of each family.
 *
 * Prints "ready PORT SOCKETS_ON_PORT PIDS..." once all is there, or a reason on stderr. Ends at the
 * end of its standard input, which comes without fail when its parent ends; its children end with
 * it. Sockets are reset, not closed, so that none lingers in TIME_WAIT.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  MOST_SOCKETS = 200000,
  MOST_PROCESSES = 500,
  MOST_ON_PORT = 126,
  LEAST_ON_PORT = 4,
  SPARE_DESCRIPTORS = 64,
  PORT_ATTEMPTS = 100,
};

static void die(const char *what) {
  fprintf(stderr, "socket-farm: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int check(int result, const char *what) {
  if (result < 0) {
    die(what);
  }
  return result;
}

typedef union {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} address;

static socklen_t loopback(address *a, bool v6, in_port_t port) {
  memset(a, 0, sizeof *a);
  if (v6) {
    a->v6.sin6_family = AF_INET6;
    a->v6.sin6_addr = in6addr_loopback;
    a->v6.sin6_port = htons(port);
    return sizeof a->v6;
  }
  a->v4.sin_family = AF_INET;
  a->v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  a->v4.sin_port = htons(port);
  return sizeof a->v4;
}

static int make_socket(bool v6) {
  int fd = check(socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0), "socket");
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "SO_LINGER");
  return fd;
}

/* A listener, or -1 if the port is taken; port 0 leaves the choice to the kernel. */
static int try_listen(bool v6, in_port_t port) {
  address a;
  socklen_t length = loopback(&a, v6, port);
  int fd = make_socket(v6);
  if (bind(fd, &a.any, length) == 0 && listen(fd, 16) == 0) {
    return fd;
  }
  if (errno != EADDRINUSE) {
    die("listen");
  }
  close(fd);
  return -1;
}

static in_port_t port_of(int fd) {
  address a;
  socklen_t length = sizeof a;
  check(getsockname(fd, &a.any, &length), "getsockname");
  return ntohs(a.any.sa_family == AF_INET6 ? a.v6.sin6_port : a.v4.sin_port);
}

/* Two sockets a pair: the client's, and the accepted one, which has the listener's port. */
static void make_pairs(int listener, bool v6, int pairs) {
  address a;
  socklen_t length = loopback(&a, v6, port_of(listener));
  for (int i = 0; i < pairs; i++) {
    check(connect(make_socket(v6), &a.any, length), "connect");
    check(accept(listener, NULL, NULL), "accept"); /* inherits SO_LINGER */
  }
}

static void make_sockets(int count, bool v6) {
  if (count == 0) {
    return;
  }
  int listener = check(try_listen(v6, 0), "listen on any port");
  make_pairs(listener, v6, (count - 1) / 2);
  if (count % 2 == 0) {
    check(try_listen(v6, 0), "listen on any port");
  }
}

static void make_others(int count) {
  for (int i = 0; i < count; i++) {
    int both[2];
    if (i % 4 == 0 && i + 1 < count) {
      check(pipe(both), "pipe");
      i++;
    } else {
      check(open("/dev/null", O_RDONLY), "open");
    }
  }
}

static void raise_limit(int descriptors) {
  struct rlimit limit;
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  rlim_t needed = (rlim_t) descriptors + SPARE_DESCRIPTORS;
  if (limit.rlim_cur >= needed) {
    return;
  }
  limit.rlim_cur = needed;
  if (limit.rlim_max < needed) {
    limit.rlim_max = needed;
  }
  if (setrlimit(RLIMIT_NOFILE, &limit) < 0) {
    fprintf(stderr,
        "socket-farm: %d descriptors in one process need a higher limit (ulimit -n) or more "
        "processes\n",
        descriptors);
    exit(1);
  }
}

/* The part of a whole that falls to one of several, the parts differing by one at most. */
static int share_of(int whole, int among, int which) {
  return whole / among + (which < whole % among ? 1 : 0);
}

static int number(const char *text, int least, int most) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != 0 || value < least || value > most) {
    fprintf(stderr, "socket-farm: %s is not a number from %d to %d\n", text, least, most);
    exit(2);
  }
  return (int) value;
}

/* The same port on 127.0.0.1 and on ::1. */
static void listen_on_both(int listeners[2]) {
  for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
    listeners[0] = check(try_listen(false, 0), "listen on any port");
    listeners[1] = try_listen(true, port_of(listeners[0]));
    if (listeners[1] >= 0) {
      return;
    }
    close(listeners[0]);
  }
  errno = EADDRINUSE;
  die("listen on one port of both families");
}

static void hold(
    int which, int processes, int sockets, int on_port, const int listeners[2], int ready) {
  int elsewhere = sockets - (2 * on_port - 2);
  int own = share_of(elsewhere, processes, which);
  int others = share_of(sockets / 4, processes, which);
  raise_limit(own + others + (which < 2 ? on_port : 0));
  for (int i = 0; i < 2; i++) {
    if (i == which) {
      make_pairs(listeners[i], i == 1, on_port / 2 - 1);
    } else {
      close(listeners[i]);
    }
  }
  make_sockets(own, which % 4 == 3);
  make_others(others);
  if (write(ready, "r", 1) != 1) {
    die("write");
  }
  close(ready);
  for (;;) {
    pause();
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: socket-farm SOCKETS PROCESSES\n");
    return 2;
  }
  int sockets = number(argv[1], 16, MOST_SOCKETS);
  int processes = number(argv[2], 2, MOST_PROCESSES);
  int on_port = sockets / 4 / 2 * 2;
  if (on_port > MOST_ON_PORT) {
    on_port = MOST_ON_PORT;
  }
  if (on_port < LEAST_ON_PORT) {
    on_port = LEAST_ON_PORT;
  }

  int listeners[2];
  listen_on_both(listeners);
  in_port_t port = port_of(listeners[0]);
  int ready[2];
  check(pipe2(ready, O_CLOEXEC), "pipe");
  pid_t self = getpid();
  pid_t pids[MOST_PROCESSES];
  for (int i = 0; i < processes; i++) {
    pids[i] = check(fork(), "fork");
    if (pids[i] == 0) {
      check(prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG");
      if (getppid() != self) {
        return 1; /* ended before the line above */
      }
      close(STDIN_FILENO);
      close(STDOUT_FILENO);
      close(ready[0]);
      hold(i, processes, sockets, on_port, listeners, ready[1]);
    }
  }
  close(ready[1]);
  close(listeners[0]);
  close(listeners[1]);

  char bytes[64];
  int holding = 0;
  for (ssize_t n = read(ready[0], bytes, sizeof bytes); n > 0;
       n = read(ready[0], bytes, sizeof bytes)) {
    holding += (int) n;
  }
  if (holding == processes) {
    printf("ready %d %d", port, on_port);
    for (int i = 0; i < processes; i++) {
      printf(" %d", pids[i]);
    }
    printf("\n");
    fflush(stdout);
    while (read(STDIN_FILENO, bytes, sizeof bytes) > 0) {
      ;
    }
  }
  for (int i = 0; i < processes; i++) {
    kill(pids[i], SIGKILL);
  }
  for (int i = 0; i < processes; i++) {
    waitpid(pids[i], NULL, 0);
  }
  return holding == processes ? 0 : 1;
}
