/* SPDX-License-Identifier: Apache-2.0 */
/* The native of io.tcptable.internal.binding.BpfIterator. */

#ifndef TCPT_JNI_BPF_ITERATOR_H
#define TCPT_JNI_BPF_ITERATOR_H

#include <jni.h>

/* Returns JNI_OK, or an error with a Java exception pending. */
jint tcpt_register_bpf_iterator(JNIEnv *env);

#endif
