// SPDX-License-Identifier: Apache-2.0
/**
 * Attacks by users without rights on a program that root runs. Each attack is made for real in
 * namespaces that the test makes and that end with it; the processes of an attack end there too.
 *
 * <p>A class is one kind of attack. One {@code HostileHost} serves all of a class: its attacks run
 * at the same time, each on a port of its own, as they mostly wait.
 *
 * <p>Needs root, util-linux, iproute2 and Python 3.
 */
@NullMarked
package io.tcptable.attack;

import org.jspecify.annotations.NullMarked;
