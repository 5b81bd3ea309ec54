/* SPDX-License-Identifier: Apache-2.0 */
/* The C function of tcptable.h for Java. */

#include "jni_bpf_iterator.h"

#include "../jni_natives.h"
#include "tcptable.h"

static jint bpf_iter_create(JNIEnv *env, jclass type, jint thread) {
  (void) env;
  (void) type;
  return tcptable_bpf_iter_create(thread);
}

static const JNINativeMethod methods[] = {
    {"bpf_iter_create", "(I)I", (void *) bpf_iter_create},
};

jint tcpt_register_bpf_iterator(JNIEnv *env) {
  return tcpt_register_natives(env, "BpfIterator", methods, TCPT_COUNT(methods));
}
