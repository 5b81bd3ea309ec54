// SPDX-License-Identifier: Apache-2.0
/**
 * JSON of all commands: {@link io.tcptable.program.json.JsonOutput} prints one object of a schema,
 * which the library writes. Here is what several commands print.
 */
@NullMarked
package io.tcptable.program.json;

import org.jspecify.annotations.NullMarked;
