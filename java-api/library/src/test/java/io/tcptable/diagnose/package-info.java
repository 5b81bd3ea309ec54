// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.tcptable.diagnose;

import org.jspecify.annotations.NullMarked;
