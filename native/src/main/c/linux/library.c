/* Binds the natives of each Java class when the JVM loads the library. */

#include <jni.h>

#include "jni_linux_calls.h"

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void) reserved;
  void *env;
  if ((*vm)->GetEnv(vm, &env, JNI_VERSION_10) != JNI_OK) {
    return JNI_ERR;
  }
  return tcpt_register_linux_calls(env) == JNI_OK ? JNI_VERSION_10 : JNI_ERR;
}
