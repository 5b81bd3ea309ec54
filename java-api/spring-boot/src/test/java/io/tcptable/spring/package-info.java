// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.tcptable.spring;

import org.jspecify.annotations.NullMarked;
