/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "parts.h"

enum {
  ATTRIBUTE_HEADER = (int) sizeof(struct nlattr),
  FIRST_HIGH_PORT = 46884,
  FEWEST_TO_SPLIT = 2000
};

enum half { WHOLE, ONE_HIGH_PORT, NONE_OR_BOTH };

static int decode(struct dump *d, const struct nlmsghdr *header) {
  if (header->nlmsg_len < NLMSG_LENGTH(sizeof(struct inet_diag_msg))) {
    return -EBADMSG;
  }
  if (!grow((void **) &d->rows, &d->row_room, d->row_count + 1, sizeof *d->rows)) {
    return -ENOMEM;
  }
  struct row *row = &d->rows[d->row_count++];
  memcpy(&row->socket, NLMSG_DATA(header), sizeof row->socket);
  row->mark = -1;
  row->v6_only = false;
  row->owner = NO_OWNER;
  const char *at = (const char *) NLMSG_DATA(header) + sizeof(struct inet_diag_msg);
  const char *end = (const char *) header + header->nlmsg_len;
  while (end - at >= ATTRIBUTE_HEADER) {
    struct nlattr attribute;
    memcpy(&attribute, at, sizeof attribute);
    if (attribute.nla_len < ATTRIBUTE_HEADER || attribute.nla_len > end - at) {
      return -EBADMSG;
    }
    if (attribute.nla_type == INET_DIAG_MARK) {
      uint32_t mark;
      memcpy(&mark, at + ATTRIBUTE_HEADER, sizeof mark);
      row->mark = mark;
    } else if (attribute.nla_type == INET_DIAG_SKV6ONLY) {
      row->v6_only = at[ATTRIBUTE_HEADER] != 0;
    }
    at += NLMSG_ALIGN(attribute.nla_len);
  }
  return 0;
}

/* 1 at the end of the dump, 0 before, -errno if it failed. */
static int read_reply(struct dump *d, size_t length) {
  size_t at = 0;
  while (at < length) {
    const struct nlmsghdr *header = (const struct nlmsghdr *) (d->reply + at);
    if (length - at < sizeof *header || header->nlmsg_len < sizeof *header ||
        header->nlmsg_len > length - at || header->nlmsg_seq != d->sequence) {
      return -EBADMSG;
    }
    if (header->nlmsg_flags & NLM_F_DUMP_INTR) {
      return -EAGAIN;
    }
    if (header->nlmsg_type == NLMSG_DONE) {
      return 1;
    }
    if (header->nlmsg_type == NLMSG_ERROR) {
      return ((const struct nlmsgerr *) NLMSG_DATA(header))->error;
    }
    int result = decode(d, header);
    if (result < 0) {
      return result;
    }
    at += NLMSG_ALIGN(header->nlmsg_len);
  }
  return 0;
}

static void receive(struct dump *d) {
  for (;;) {
    struct sockaddr_nl sender;
    socklen_t sender_length = sizeof sender;
    ssize_t length = recvfrom(d->fd, d->reply, sizeof d->reply, MSG_DONTWAIT | MSG_TRUNC,
        (struct sockaddr *) &sender, &sender_length);
    int result = length < 0 ? -errno : 0;
    if (length >= 0 && sender.nl_pid == 0) {
      result = read_reply(d, (size_t) length);
    }
    if (result != 0) {
      d->result = result < 0 ? result : 0;
      return;
    }
  }
}

static void *receive_beside(void *dump) {
  receive(dump);
  return NULL;
}

/* Compares a port: as many bytes on if so, `no` bytes if not. */
static void compare(struct inet_diag_bc_op *at, unsigned char code, unsigned short port, int no) {
  at[0] = (struct inet_diag_bc_op){.code = code, .yes = 2 * sizeof *at, .no = (unsigned short) no};
  at[1] = (struct inet_diag_bc_op){.no = port};
}

/* Accepts the sockets of one half; returns the length in bytes. */
static unsigned short filter(struct inet_diag_bc_op *program, enum half half) {
  enum { OPERATIONS = 7, SIZE = (int) sizeof(struct inet_diag_bc_op), END = OPERATIONS * SIZE };
  bool one = half == ONE_HIGH_PORT;
  compare(program, INET_DIAG_BC_S_GE, FIRST_HIGH_PORT, 5 * SIZE);
  unsigned char if_high = one ? INET_DIAG_BC_D_LE : INET_DIAG_BC_D_GE;
  compare(program + 2, if_high, one ? FIRST_HIGH_PORT - 1 : FIRST_HIGH_PORT, END - 2 * SIZE + SIZE);
  program[4] =
      (struct inet_diag_bc_op){.code = INET_DIAG_BC_JMP, .yes = SIZE, .no = END - 4 * SIZE};
  unsigned char if_low = one ? INET_DIAG_BC_D_GE : INET_DIAG_BC_D_LE;
  compare(program + 5, if_low, one ? FIRST_HIGH_PORT : FIRST_HIGH_PORT - 1, END - 5 * SIZE + SIZE);
  return END;
}

/* The older request, which asks for both families at once. */
static int ask(struct baseline *r, struct dump *d, int port, uint32_t states, enum half half) {
  struct {
    struct nlmsghdr header;
    struct inet_diag_req request;
    struct nlattr attribute;
    struct inet_diag_bc_op program[8];
  } message = {
      .header = {.nlmsg_len = offsetof(__typeof__(message), attribute),
          .nlmsg_type = TCPDIAG_GETSOCK,
          .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
          .nlmsg_seq = ++r->sequence},
      .request = {.idiag_family = AF_INET,
          .id.idiag_sport = htons((uint16_t) port),
          .idiag_states = states},
  };
  if (half != WHOLE) {
    message.attribute.nla_type = INET_DIAG_REQ_BYTECODE;
    message.attribute.nla_len = (unsigned short) (ATTRIBUTE_HEADER + filter(message.program, half));
    message.header.nlmsg_len += message.attribute.nla_len;
  }
  d->sequence = r->sequence;
  d->row_count = 0;
  d->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (d->fd < 0) {
    return -errno;
  }
  return send(d->fd, &message, message.header.nlmsg_len, 0) < 0 ? -errno : 0;
}

static int append(struct dump *to, const struct dump *from) {
  if (!grow(
          (void **) &to->rows, &to->row_room, to->row_count + from->row_count, sizeof *to->rows)) {
    return -ENOMEM;
  }
  memcpy(to->rows + to->row_count, from->rows, from->row_count * sizeof *to->rows);
  to->row_count += from->row_count;
  return 0;
}

static int receive_both(struct dump *one, struct dump *other) {
  pthread_t beside;
  int result = -pthread_create(&beside, NULL, receive_beside, other);
  if (result < 0) {
    return result;
  }
  receive(one);
  pthread_join(beside, NULL);
  if (one->result == 0 && other->result == 0) {
    return append(one, other);
  }
  return one->result < 0 ? one->result : other->result;
}

int read_sockets(struct baseline *r, int port, uint32_t states, int threads) {
  struct dump *one = &r->dumps[0], *other = &r->dumps[1];
  bool all = port == 0 && states == BASELINE_ALL_STATES;
  bool split = all && threads > 1 && r->last_count >= FEWEST_TO_SPLIT;
  other->fd = -1;
  int result = ask(r, one, port, states, split ? ONE_HIGH_PORT : WHOLE);
  if (result == 0 && split) {
    result = ask(r, other, port, states, NONE_OR_BOTH);
  }
  if (result == 0 && split) {
    result = receive_both(one, other);
  } else if (result == 0) {
    receive(one);
    result = one->result;
  }
  if (one->fd >= 0) {
    close(one->fd);
  }
  if (other->fd >= 0) {
    close(other->fd);
  }
  if (all && result == 0) {
    r->last_count = one->row_count;
  }
  return result;
}
