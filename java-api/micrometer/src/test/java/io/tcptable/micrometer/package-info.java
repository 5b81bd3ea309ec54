// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.tcptable.micrometer;

import org.jspecify.annotations.NullMarked;
