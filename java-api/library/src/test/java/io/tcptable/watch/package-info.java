// SPDX-License-Identifier: Apache-2.0
/** What a watch tells of made-up looks, and of real sockets. */
@NullMarked
package io.tcptable.watch;

import org.jspecify.annotations.NullMarked;
