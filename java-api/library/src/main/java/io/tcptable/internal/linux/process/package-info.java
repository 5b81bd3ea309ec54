// SPDX-License-Identifier: Apache-2.0
/** What Linux tells of one process, and how it is signalled. */
@NullMarked
package io.tcptable.internal.linux.process;

import org.jspecify.annotations.NullMarked;
