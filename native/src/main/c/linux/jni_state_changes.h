/* SPDX-License-Identifier: Apache-2.0 */
/* The native of io.tcptable.internal.binding.BpfStateChanges. */

#ifndef TCPT_JNI_STATE_CHANGES_H
#define TCPT_JNI_STATE_CHANGES_H

#include <jni.h>

/* Returns JNI_OK, or an error with a Java exception pending. */
jint tcpt_register_state_changes(JNIEnv *env);

#endif
