/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads a libtcptable.so as a JVM does and calls what it registers: for C libraries and machines
 * that no JVM is at hand for. Prints what each call returned, one a line.
 */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { MOST_NATIVES = 32 };

static JNINativeMethod natives[MOST_NATIVES];
static int count;

/* A class is no more than its name, and a buffer no more than its address. */
static jclass JNICALL find_class(JNIEnv *env, const char *name) {
  (void) env;
  return (jclass) name;
}

static jint JNICALL register_natives(
    JNIEnv *env, jclass type, const JNINativeMethod *methods, jint length) {
  (void) env;
  (void) type;
  for (jint i = 0; i < length && count < MOST_NATIVES; i++) {
    natives[count++] = methods[i];
  }
  return JNI_OK;
}

/* No JVM, so no property: the classes are looked for under the names that they have. */
static jmethodID JNICALL no_method(
    JNIEnv *env, jclass type, const char *name, const char *signature) {
  (void) env;
  (void) type;
  (void) name;
  (void) signature;
  return NULL;
}

static void JNICALL exception_clear(JNIEnv *env) {
  (void) env;
}

static void JNICALL delete_local_ref(JNIEnv *env, jobject reference) {
  (void) env;
  (void) reference;
}

static void *JNICALL direct_buffer_address(JNIEnv *env, jobject buffer) {
  (void) env;
  return buffer;
}

static const struct JNINativeInterface_ functions = {
    .FindClass = find_class,
    .GetStaticMethodID = no_method,
    .ExceptionClear = exception_clear,
    .RegisterNatives = register_natives,
    .DeleteLocalRef = delete_local_ref,
    .GetDirectBufferAddress = direct_buffer_address,
};
static JNIEnv environment = &functions;

static jint JNICALL get_env(JavaVM *vm, void **env, jint version) {
  (void) vm;
  (void) version;
  *env = &environment;
  return JNI_OK;
}

static const struct JNIInvokeInterface_ invocations = {.GetEnv = get_env};
static JavaVM machine = &invocations;

static void *native(const char *name) {
  for (int i = 0; i < count; i++) {
    if (strcmp(natives[i].name, name) == 0) {
      return natives[i].fnPtr;
    }
  }
  fprintf(stderr, "%s is not registered\n", name);
  return NULL;
}

typedef jint (*on_load)(JavaVM *, void *);
typedef jint (*of_three)(JNIEnv *, jobject, jint, jint, jint);
typedef jint (*of_path)(JNIEnv *, jobject, jint, const char *, jint);
typedef jint (*of_bytes)(JNIEnv *, jobject, jint, char *, jint);
typedef jint (*of_one)(JNIEnv *, jobject, jint);

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
  if (library == NULL) {
    fprintf(stderr, "%s\n", argc == 2 ? dlerror() : "usage: entry_points LIBRARY");
    return 1;
  }
  on_load load = (on_load) dlsym(library, "JNI_OnLoad");
  if (load == NULL || load(&machine, NULL) != JNI_VERSION_10) {
    return 1;
  }
  of_three call_socket = (of_three) native("socket");
  of_path call_openat = (of_path) native("openat");
  of_bytes call_read = (of_bytes) native("read");
  of_one call_close = (of_one) native("close");
  of_one call_bpf = (of_one) native("bpf_iter_create");
  if (!call_socket || !call_openat || !call_read || !call_close || !call_bpf) {
    return 1;
  }
  char word[4] = "";
  jint file = call_openat(&environment, NULL, AT_FDCWD, "/proc/self/comm", O_RDONLY);
  jint length = call_read(&environment, NULL, file, word, sizeof word - 1);
  printf("read %d %s\n", length, word);
  printf("close %d\n", call_close(&environment, NULL, file));
  printf("closed %d\n", call_close(&environment, NULL, file) == -EBADF);
  printf("missing %d\n",
      call_openat(&environment, NULL, AT_FDCWD, "/no/such/file", O_RDONLY) == -ENOENT);
  jint fd = call_socket(&environment, NULL, AF_INET, SOCK_STREAM, 0);
  printf("socket %d\n", call_close(&environment, NULL, fd));
  jint iterator = call_bpf(&environment, NULL, 0);
  printf("bpf %s\n", iterator >= 0 ? "iterator" : strerror(-iterator));
  return 0;
}
