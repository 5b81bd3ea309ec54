// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable diagnose}: a diagnosis as text, JSON or Markdown. */
@NullMarked
package io.tcptable.program.diagnose;

import org.jspecify.annotations.NullMarked;
