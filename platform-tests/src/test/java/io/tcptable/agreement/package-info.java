// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the table tells the truth: every kind of socket made for real, in a network namespace of
 * its own, and seen as {@code ss} sees it by every binding.
 *
 * <p>Needs root, iproute2, nftables, util-linux and Python 3.
 */
@NullMarked
package io.tcptable.agreement;

import org.jspecify.annotations.NullMarked;
