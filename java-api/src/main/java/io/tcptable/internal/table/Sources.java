package io.tcptable.internal.table;

import java.util.Map;

/**
 * All that an operating system offers, as chosen once for this JVM.
 *
 * @param binding who makes the system calls
 * @param passedOver why each better binding or source is not in use, by its name
 */
public record Sources(
    String binding,
    SocketSource sockets,
    OwnerSource owners,
    ProcessSource processes,
    SystemSource system,
    Map<String, String> passedOver) {}
