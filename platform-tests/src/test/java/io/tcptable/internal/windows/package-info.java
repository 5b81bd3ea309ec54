// SPDX-License-Identifier: Apache-2.0
/** What only this package sees, held against what the cross compiler says. */
@NullMarked
package io.tcptable.internal.windows;

import org.jspecify.annotations.NullMarked;
