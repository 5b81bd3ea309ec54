// SPDX-License-Identifier: Apache-2.0
/** The shape of the code, held against the code. */
@NullMarked
package io.tcptable.architecture;

import org.jspecify.annotations.NullMarked;
