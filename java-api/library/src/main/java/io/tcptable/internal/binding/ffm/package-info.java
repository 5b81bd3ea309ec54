// SPDX-License-Identifier: Apache-2.0
/**
 * The binding {@code ffm}, by the Foreign Function and Memory API of Java 22 and later, compiled to
 * the multi-release part of the jar. {@code FfmLinuxCalls} and {@code FfmWindowsCalls} link the
 * functions of the system's own libraries; {@code FfmBpfPrograms} those of {@code tcptable-native}.
 *
 * <p>This file lies in the base of the jar: the descriptor of the module names every package, and
 * jlink of an earlier Java takes no module that lacks one.
 */
@NullMarked
package io.tcptable.internal.binding.ffm;

import org.jspecify.annotations.NullMarked;
