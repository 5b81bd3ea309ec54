// SPDX-License-Identifier: Apache-2.0
/**
 * The native libraries of tcptable, one for each platform that this artifact was built for. It has
 * no classes: a modular application requires it beside {@code io.tcptable}.
 */
module io.tcptable.natives {}
