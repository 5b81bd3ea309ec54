/* The C function of tcptable.h for Java. */

#include "jni_bpf_iterator.h"

#include "tcptable.h"

static jint bpf_iter_create(JNIEnv *env, jclass type) {
  (void) env;
  (void) type;
  return tcptable_bpf_iter_create();
}

static const JNINativeMethod methods[] = {
    {"bpf_iter_create", "()I", (void *) bpf_iter_create},
};

jint tcpt_register_bpf_iterator(JNIEnv *env) {
  jclass type = (*env)->FindClass(env, "io/tcptable/internal/binding/BpfIterator");
  if (type == NULL) {
    return JNI_ERR;
  }
  jint registered =
      (*env)->RegisterNatives(env, type, methods, sizeof(methods) / sizeof(methods[0]));
  (*env)->DeleteLocalRef(env, type);
  return registered;
}
