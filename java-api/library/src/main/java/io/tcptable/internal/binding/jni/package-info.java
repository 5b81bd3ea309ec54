// SPDX-License-Identifier: Apache-2.0
/**
 * The binding {@code jni}: native methods of the library in {@code tcptable-native}, which
 * registers them as it loads. Its sources are {@code native/src/main/c/linux/jni_linux_calls.c} and
 * {@code native/src/main/c/windows/jni_windows_calls.c}.
 */
@NullMarked
package io.tcptable.internal.binding.jni;

import org.jspecify.annotations.NullMarked;
