/* SPDX-License-Identifier: Apache-2.0 */
/* Binds the natives of each Java class when the JVM loads the library. */

#include <jni.h>

#include "jni_bpf_iterator.h"
#include "jni_linux_calls.h"
#include "jni_state_changes.h"

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  (void) reserved;
  void *env;
  if ((*vm)->GetEnv(vm, &env, JNI_VERSION_10) != JNI_OK) {
    return JNI_ERR;
  }
  if (tcpt_register_linux_calls(env) != JNI_OK || tcpt_register_bpf_iterator(env) != JNI_OK ||
      tcpt_register_state_changes(env) != JNI_OK) {
    return JNI_ERR;
  }
  return JNI_VERSION_10;
}
