// SPDX-License-Identifier: Apache-2.0
/** Who is one server, who supervises it, and who must never be stopped. */
@NullMarked
package io.tcptable.internal.server;

import org.jspecify.annotations.NullMarked;
