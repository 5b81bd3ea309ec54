/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds the Java classes where they are: tools that make one jar of many may have moved them to
 * another package, which io.tcptable.internal.binding.NativeLibrary says in a property as it loads.
 */

#include "jni_natives.h"

#include <stddef.h>
#include <string.h>

#define PROPERTY "tcptable.natives.package"
#define PACKAGE "io/tcptable/internal/binding"

enum { LONGEST_NAME = 512 };

/* The value of the property, or NULL without an exception. */
static jstring named_package(JNIEnv *env) {
  jstring value = NULL;
  jclass system = (*env)->FindClass(env, "java/lang/System");
  jmethodID get = system == NULL ? NULL
                                 : (*env)->GetStaticMethodID(env, system, "getProperty",
                                       "(Ljava/lang/String;)Ljava/lang/String;");
  jstring property = get == NULL ? NULL : (*env)->NewStringUTF(env, PROPERTY);
  if (property != NULL) {
    value = (jstring) (*env)->CallStaticObjectMethod(env, system, get, property);
  }
  (*env)->ExceptionClear(env);
  return value;
}

static jclass find_class(JNIEnv *env, const char *name) {
  char path[LONGEST_NAME] = PACKAGE;
  size_t length = sizeof PACKAGE - 1;
  jstring package = named_package(env);
  if (package != NULL) {
    jsize bytes = (*env)->GetStringUTFLength(env, package);
    if (bytes < LONGEST_NAME) {
      (*env)->GetStringUTFRegion(env, package, 0, (*env)->GetStringLength(env, package), path);
      length = (size_t) bytes;
    }
  }
  if (length + strlen(name) + 2 > sizeof path) {
    name = "";
  }
  path[length] = '/';
  memcpy(path + length + 1, name, strlen(name) + 1);
  return (*env)->FindClass(env, path);
}

jint tcpt_register_natives(
    JNIEnv *env, const char *name, const JNINativeMethod *methods, jint count) {
  jclass type = find_class(env, name);
  if (type == NULL) {
    return JNI_ERR;
  }
  jint registered = (*env)->RegisterNatives(env, type, methods, count);
  (*env)->DeleteLocalRef(env, type);
  return registered;
}
