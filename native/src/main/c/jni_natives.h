/* SPDX-License-Identifier: Apache-2.0 */
/* How each file of natives binds them to its Java class. */

#ifndef TCPT_JNI_NATIVES_H
#define TCPT_JNI_NATIVES_H

#include <jni.h>

#define TCPT_COUNT(array) ((jint) (sizeof(array) / sizeof((array)[0])))

/*
 * Binds methods to a class by its name below the package of the bindings, such as BpfIterator.
 * Returns JNI_OK, or an error with a Java exception pending.
 */
jint tcpt_register_natives(
    JNIEnv *env, const char *name, const JNINativeMethod *methods, jint count);

#endif
