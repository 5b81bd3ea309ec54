// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.SocketSource;
import java.util.Map;

/**
 * The tables and processes of this machine, through one binding: what is chosen once for a JVM.
 *
 * @param binding who makes the system calls
 * @param betterBindings why each better binding does not, by its name
 * @param betterSources why each better source is not in use, by its name, as far as it is known
 *     from the start
 * @param ends tells which sockets end
 * @param stateChanges tells each change of a state
 */
public record SystemAccess(
    String binding,
    Map<String, String> betterBindings,
    SocketSource sockets,
    NamespaceSource namespaces,
    PushSource ends,
    PushSource stateChanges,
    OwnerSource owners,
    ProcessSource processes,
    StackStats system,
    Map<String, String> betterSources) {}
