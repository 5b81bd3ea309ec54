// SPDX-License-Identifier: Apache-2.0
/**
 * Fixes a port: stops its owners, verifies that it is free, starts a new server and checks that it
 * is healthy. {@link io.tcptable.restart.PortRestart} is the way in; {@link
 * io.tcptable.restart.PortDrop} resets connections, {@link io.tcptable.restart.PortWait} waits.
 *
 * <pre>
 * PortRestart                     the request: StopSettings, StartSettings
 * Planner, RestartPlan            what is going to be done: Steps, or a Refusal
 * OwnedSnapshot                   the sockets of the port, once it is known who owns what
 * TargetSelector                  who is stopped: FamilyTargets, SeparateServers, LauncherScripts;
 *                                 why not: OwnerRefusals, HiddenParent
 * RestartRun, StepRunner          take the steps one by one: RunContext, RestartReport
 * PinnedTargets, StopWaves        hold those who are stopped; ApprovedProcesses: nobody else is
 * FreeCheck                       whether the port is free and stays so
 * AsItWas, LaunchRoot, Rehearsal  how a server ran, and whether that can be repeated
 * StartCommand, StartedServer     starts a command: LogFile, EnvironmentChanges, Daemons
 * StartupMonitor, Steadiness      until it listens, is healthy and stays
 * FinalState                      how things are at the end
 * </pre>
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.restart;

import org.jspecify.annotations.NullMarked;
