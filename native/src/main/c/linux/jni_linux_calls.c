/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One function a system call. Each works on the caller's direct buffers, from their first byte, and
 * copies nothing; a buffer that is not direct is a null pointer here, and EFAULT from the kernel.
 * The length comes from Java, which knows the limit. Each returns -errno of this very call: read
 * before the JVM gets the chance to make another.
 */

#define _GNU_SOURCE

#include "jni_linux_calls.h"

#include "../jni_natives.h"
#include "socket_links.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Kernel headers older than the calls lack them; the numbers are the same on every architecture. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

static jint result(long returned) {
  return returned >= 0 ? (jint) returned : -errno;
}

static void *address(JNIEnv *env, jobject buffer) {
  return (*env)->GetDirectBufferAddress(env, buffer);
}

static jint call_socket(JNIEnv *env, jobject self, jint domain, jint type, jint protocol) {
  (void) env;
  (void) self;
  return result(socket(domain, type, protocol));
}

static jint call_send(
    JNIEnv *env, jobject self, jint fd, jobject message, jint length, jint flags) {
  (void) self;
  return result(send(fd, address(env, message), (size_t) length, flags));
}

static jint call_recvfrom(JNIEnv *env, jobject self, jint fd, jobject message, jint length,
    jint flags, jobject sender, jobject sender_length) {
  (void) self;
  return result(recvfrom(fd, address(env, message), (size_t) length, flags, address(env, sender),
      address(env, sender_length)));
}

static jint call_setsockopt(
    JNIEnv *env, jobject self, jint fd, jint level, jint option, jobject value, jint length) {
  (void) self;
  return result(setsockopt(fd, level, option, address(env, value), (socklen_t) length));
}

static jint call_openat(JNIEnv *env, jobject self, jint directory, jobject path, jint flags) {
  (void) self;
  return result(openat(directory, address(env, path), flags));
}

static jint call_getdents64(JNIEnv *env, jobject self, jint fd, jobject entries, jint length) {
  (void) self;
  return result(syscall(SYS_getdents64, fd, address(env, entries), (size_t) length));
}

static jint call_readlinkat(
    JNIEnv *env, jobject self, jint directory, jobject path, jobject target, jint length) {
  (void) self;
  return result(readlinkat(directory, address(env, path), address(env, target), (size_t) length));
}

static jint call_getxattr(
    JNIEnv *env, jobject self, jobject path, jobject name, jobject value, jint length) {
  (void) self;
  return result(
      getxattr(address(env, path), address(env, name), address(env, value), (size_t) length));
}

static jint call_socket_links(JNIEnv *env, jobject self, jint directory, jobject entries,
    jint length, jobject links, jint room) {
  (void) self;
  const char *first = address(env, entries);
  struct tcpt_socket_links *found = address(env, links);
  if (first == NULL || found == NULL || (size_t) room < sizeof *found) {
    return 0;
  }
  return (jint) tcpt_socket_links(directory, first, (size_t) length, found, (size_t) room);
}

static jint call_read(JNIEnv *env, jobject self, jint fd, jobject bytes, jint length) {
  (void) self;
  return result(read(fd, address(env, bytes), (size_t) length));
}

static jint call_close(JNIEnv *env, jobject self, jint fd) {
  (void) env;
  (void) self;
  return result(close(fd));
}

static jint call_poll(
    JNIEnv *env, jobject self, jobject descriptors, jint length, jint timeout_millis) {
  (void) self;
  nfds_t count = (size_t) length / sizeof(struct pollfd);
  return result(poll(address(env, descriptors), count, timeout_millis));
}

static jint call_pidfd_open(JNIEnv *env, jobject self, jint pid, jint flags) {
  (void) env;
  (void) self;
  return result(syscall(SYS_pidfd_open, pid, flags));
}

static jint call_pidfd_send_signal(JNIEnv *env, jobject self, jint pidfd, jint signal, jint flags) {
  (void) env;
  (void) self;
  return result(syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, flags));
}

static jint call_waitid(
    JNIEnv *env, jobject self, jint kind, jint id, jobject information, jint options) {
  (void) self;
  return result(waitid((idtype_t) kind, (id_t) id, address(env, information), options));
}

static jint call_setns(JNIEnv *env, jobject self, jint fd, jint kind) {
  (void) env;
  (void) self;
  return result(setns(fd, kind));
}

static jlong call_mmap(
    JNIEnv *env, jobject self, jlong length, jint protection, jint flags, jint fd, jlong offset) {
  (void) env;
  (void) self;
  void *mapped = mmap(NULL, (size_t) length, protection, flags, fd, (off_t) offset);
  return mapped != MAP_FAILED ? (jlong) (uintptr_t) mapped : -errno;
}

static jint call_munmap(JNIEnv *env, jobject self, jlong mapped, jlong length) {
  (void) env;
  (void) self;
  return result(munmap((void *) (uintptr_t) mapped, (size_t) length));
}

#define BUFFER "Ljava/nio/ByteBuffer;"

static const JNINativeMethod methods[] = {
    {"socket", "(III)I", (void *) call_socket},
    {"send", "(I" BUFFER "II)I", (void *) call_send},
    {"recvfrom", "(I" BUFFER "II" BUFFER BUFFER ")I", (void *) call_recvfrom},
    {"setsockopt", "(III" BUFFER "I)I", (void *) call_setsockopt},
    {"openat", "(I" BUFFER "I)I", (void *) call_openat},
    {"getdents64", "(I" BUFFER "I)I", (void *) call_getdents64},
    {"readlinkat", "(I" BUFFER BUFFER "I)I", (void *) call_readlinkat},
    {"getxattr", "(" BUFFER BUFFER BUFFER "I)I", (void *) call_getxattr},
    {"socket_links", "(I" BUFFER "I" BUFFER "I)I", (void *) call_socket_links},
    {"read", "(I" BUFFER "I)I", (void *) call_read},
    {"close", "(I)I", (void *) call_close},
    {"poll", "(" BUFFER "II)I", (void *) call_poll},
    {"pidfd_open", "(II)I", (void *) call_pidfd_open},
    {"pidfd_send_signal", "(III)I", (void *) call_pidfd_send_signal},
    {"waitid", "(II" BUFFER "I)I", (void *) call_waitid},
    {"setns", "(II)I", (void *) call_setns},
    {"mmap", "(JIIIJ)J", (void *) call_mmap},
    {"munmap", "(JJ)I", (void *) call_munmap},
};

jint tcpt_register_linux_calls(JNIEnv *env) {
  return tcpt_register_natives(env, "jni/JniLinuxCalls", methods, TCPT_COUNT(methods));
}
