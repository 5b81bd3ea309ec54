/* SPDX-License-Identifier: Apache-2.0 */
/* The natives of io.tcptable.internal.binding.jni.JniWindowsCalls. */

#ifndef TCPT_JNI_WINDOWS_CALLS_H
#define TCPT_JNI_WINDOWS_CALLS_H

#include <jni.h>

/* Returns JNI_OK, or an error with a Java exception pending. */
jint tcpt_register_windows_calls(JNIEnv *env);

#endif
