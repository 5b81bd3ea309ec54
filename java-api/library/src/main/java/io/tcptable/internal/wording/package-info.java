// SPDX-License-Identifier: Apache-2.0
/**
 * Values in words, the same in all texts.
 *
 * <pre>
 * DurationText   4.2s
 * Quantities     3 processes, a size in bytes, a list of at most so many
 * Excerpt        the beginning of a long text, and how much is left out
 * UrlText        a URL without credentials
 * </pre>
 */
@NullMarked
package io.tcptable.internal.wording;

import org.jspecify.annotations.NullMarked;
