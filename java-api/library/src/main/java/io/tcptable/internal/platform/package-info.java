// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of an operating system. To add one, write these types in a room of its own beside
 * {@code internal.linux} and {@code internal.windows}, and name the first in {@code
 * io.tcptable.internal.Platforms}. Nothing else in the library asks which system it runs on.
 *
 * <p>Required types:
 *
 * <pre>
 * Platform          the system: its name, directories, sessions, terminals; opens the rest
 *   Phrases         a text for each Phrase
 *   ShellDialect    how its shell quotes
 *   SystemCommands  the commands that a person there is told to run
 *   SystemAccess    what is read through a binding:
 *     SocketSource    the sockets (internal.table)
 *     NamespaceSource the sockets of other network namespaces, or NONE
 *     OwnerSource     who owns them (internal.table)
 *     ProcessSource   one process: identity, parent, user, status
 *       PinnedHandle    one process pinned, to stop it
 *     StackStats      counters and port ranges
 * </pre>
 *
 * <p>What fails is a {@link io.tcptable.internal.platform.SourceException}. {@code NoPlatform}
 * among the tests is the smallest one.
 */
@NullMarked
package io.tcptable.internal.platform;

import org.jspecify.annotations.NullMarked;
