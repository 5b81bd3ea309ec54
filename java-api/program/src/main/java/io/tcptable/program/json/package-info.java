// SPDX-License-Identifier: Apache-2.0
/**
 * JSON of all commands: {@link io.tcptable.program.json.JsonOutput} prints one object of a schema,
 * {@link io.tcptable.program.json.Fields} writes its fields, and here is what several commands
 * print.
 */
@NullMarked
package io.tcptable.program.json;

import org.jspecify.annotations.NullMarked;
