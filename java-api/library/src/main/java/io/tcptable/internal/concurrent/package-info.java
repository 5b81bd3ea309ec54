// SPDX-License-Identifier: Apache-2.0
/**
 * What threads share, and how one waits for another.
 *
 * <pre>
 * Pool                reuses expensive objects
 * HelperTask          work on an idle thread beside the caller
 * UninterruptedWait   waits for a thread or a result in spite of interruptions
 * </pre>
 */
@NullMarked
package io.tcptable.internal.concurrent;

import org.jspecify.annotations.NullMarked;
