// SPDX-License-Identifier: Apache-2.0
/** The seam by JNA, where the user has it. */
@NullMarked
package io.tcptable.internal.binding.jna;

import org.jspecify.annotations.NullMarked;
