// SPDX-License-Identifier: Apache-2.0
/** What an operating system offers the library: the contract of a new one. */
@NullMarked
package io.tcptable.internal.platform;

import org.jspecify.annotations.NullMarked;
