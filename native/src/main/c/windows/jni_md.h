/* SPDX-License-Identifier: Apache-2.0 */
/* What jni.h wants to know of Windows; the JDK that builds may be one for another system. */

#ifndef TCPT_JNI_MD_H
#define TCPT_JNI_MD_H

#define JNIEXPORT __declspec(dllexport)
#define JNIIMPORT __declspec(dllimport)
#define JNICALL __stdcall

typedef long jint;
typedef long long jlong;
typedef signed char jbyte;

#endif
