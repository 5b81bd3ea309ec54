// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/**
 * Why a program that this process starts may not bind a port, though nobody has it.
 *
 * @param reason as the end of a sentence
 * @param remedy a sentence: what to do
 * @param isCertain whether the program itself cannot get the right in another way either
 */
public record BindObstacle(String reason, String remedy, boolean isCertain) {}
