// SPDX-License-Identifier: Apache-2.0
/** How long tcptable takes for an answer, and how long others take for the same one. */
@NullMarked
package io.tcptable.benchmarks;

import org.jspecify.annotations.NullMarked;
