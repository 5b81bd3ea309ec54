/* SPDX-License-Identifier: Apache-2.0 */
/* The C function of tcptable.h for Java, and what it maps. */

#include "jni_state_changes.h"

#include "../jni_natives.h"
#include "tcptable.h"

#include <stdint.h>

static jint bpf_state_changes_open(JNIEnv *env, jclass type, jobject request) {
  (void) type;
  return tcptable_state_changes_open((*env)->GetDirectBufferAddress(env, request));
}

static jobject memory(JNIEnv *env, jclass type, jlong address, jint length) {
  (void) type;
  return (*env)->NewDirectByteBuffer(env, (void *) (uintptr_t) address, length);
}

static const JNINativeMethod methods[] = {
    {"memory", "(JI)Ljava/nio/ByteBuffer;", (void *) memory},
    {"bpf_state_changes_open", "(Ljava/nio/ByteBuffer;)I", (void *) bpf_state_changes_open},
};

jint tcpt_register_state_changes(JNIEnv *env) {
  return tcpt_register_natives(env, "BpfStateChanges", methods, TCPT_COUNT(methods));
}
