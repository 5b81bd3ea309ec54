/* SPDX-License-Identifier: Apache-2.0 */
/* The natives of io.tcptable.internal.binding.jni.JniLinuxCalls. */

#ifndef TCPT_JNI_LINUX_CALLS_H
#define TCPT_JNI_LINUX_CALLS_H

#include <jni.h>

/* Returns JNI_OK, or an error with a Java exception pending. */
jint tcpt_register_linux_calls(JNIEnv *env);

#endif
