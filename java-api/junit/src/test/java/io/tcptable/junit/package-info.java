// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.tcptable.junit;

import org.jspecify.annotations.NullMarked;
