// SPDX-License-Identifier: Apache-2.0
/** Reads JSON of others: health answers, and the files of container runtimes. */
@NullMarked
package io.tcptable.internal.json;

import org.jspecify.annotations.NullMarked;
