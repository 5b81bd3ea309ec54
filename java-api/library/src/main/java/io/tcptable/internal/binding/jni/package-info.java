// SPDX-License-Identifier: Apache-2.0
/** The seam by the Java Native Interface and the library in {@code tcptable-native}. */
@NullMarked
package io.tcptable.internal.binding.jni;

import org.jspecify.annotations.NullMarked;
