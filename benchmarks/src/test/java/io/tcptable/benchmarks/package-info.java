// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.tcptable.benchmarks;

import org.jspecify.annotations.NullMarked;
