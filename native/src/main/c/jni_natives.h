/* SPDX-License-Identifier: Apache-2.0 */
/* How each file of natives binds them to its Java class. */

#ifndef TCPT_JNI_NATIVES_H
#define TCPT_JNI_NATIVES_H

#include <jni.h>

#define TCPT_COUNT(array) ((jint) (sizeof(array) / sizeof((array)[0])))

/* Returns JNI_OK, or an error with a Java exception pending. */
static inline jint tcpt_register_natives(
    JNIEnv *env, const char *name, const JNINativeMethod *methods, jint count) {
  jclass type = (*env)->FindClass(env, name);
  if (type == NULL) {
    return JNI_ERR;
  }
  jint registered = (*env)->RegisterNatives(env, type, methods, count);
  (*env)->DeleteLocalRef(env, type);
  return registered;
}

#endif
