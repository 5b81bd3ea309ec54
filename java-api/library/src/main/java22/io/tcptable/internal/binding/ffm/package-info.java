// SPDX-License-Identifier: Apache-2.0
/** The seam by the Foreign Function and Memory API, Java 22 and later. */
@NullMarked
package io.tcptable.internal.binding.ffm;

import org.jspecify.annotations.NullMarked;
