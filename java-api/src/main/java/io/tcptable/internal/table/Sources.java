package io.tcptable.internal.table;

import java.util.Map;

/**
 * All that an operating system offers, as chosen once for this JVM.
 *
 * @param binding who makes the system calls
 * @param betterBindings why each better binding does not, by its name
 * @param betterSources why each better source is not in use, by its name, as far as it is known
 *     from the start
 */
public record Sources(
    String binding,
    Map<String, String> betterBindings,
    SocketSource sockets,
    OwnerSource owners,
    ProcessSource processes,
    SystemSource system,
    Map<String, String> betterSources) {}
