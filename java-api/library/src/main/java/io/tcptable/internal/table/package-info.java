// SPDX-License-Identifier: Apache-2.0
/**
 * What every operating system delivers and every table is made of: the columns, the filter they are
 * filled through, and the sources that fill them.
 */
@NullMarked
package io.tcptable.internal.table;

import org.jspecify.annotations.NullMarked;
