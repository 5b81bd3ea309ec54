// SPDX-License-Identifier: Apache-2.0
/** Marks for tools that read the code. The rooms below hold the work. */
@NullMarked
package io.tcptable.internal;

import org.jspecify.annotations.NullMarked;
