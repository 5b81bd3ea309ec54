// SPDX-License-Identifier: Apache-2.0
/** The providers of system calls: all give the same answers, and each says why it cannot. */
@NullMarked
package io.tcptable.binding;

import org.jspecify.annotations.NullMarked;
