// SPDX-License-Identifier: Apache-2.0
/**
 * What people go through with a hung server, played with real servers that are broken on purpose.
 */
@NullMarked
package io.tcptable.story;

import org.jspecify.annotations.NullMarked;
