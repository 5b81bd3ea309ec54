// SPDX-License-Identifier: Apache-2.0
/** What a table takes: bytes kept, bytes allocated. */
@NullMarked
package io.tcptable.memory;

import org.jspecify.annotations.NullMarked;
