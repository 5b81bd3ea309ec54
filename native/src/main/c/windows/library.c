/* SPDX-License-Identifier: Apache-2.0 */
/* The library's only visible symbol: binds the natives of its Java class when the JVM loads it. */

#include <jni.h>

#include "jni_windows_calls.h"

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void) reserved;
  void *env;
  if ((*vm)->GetEnv(vm, &env, JNI_VERSION_10) != JNI_OK) {
    return JNI_ERR;
  }
  return tcpt_register_windows_calls(env) == JNI_OK ? JNI_VERSION_10 : JNI_ERR;
}
