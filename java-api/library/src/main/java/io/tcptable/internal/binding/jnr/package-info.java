// SPDX-License-Identifier: Apache-2.0
/** The seam by jnr-ffi, where the user has it. */
@NullMarked
package io.tcptable.internal.binding.jnr;

import org.jspecify.annotations.NullMarked;
