// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.concurrent.Pool;
import java.util.List;

/** All processes at one moment; needs no right to look into them. Safe for use by many threads. */
final class ProcessList {

  private static final int SYSTEM_PROCESS_INFORMATION = 5;
  private static final int STATUS_INFO_LENGTH_MISMATCH = 0xC0000004;

  private static final String CALL = "NtQuerySystemInformation";
  private static final String WHAT = "listing processes";

  private final WindowsCalls calls;
  private final Pool<GrowingBuffer> buffers = new Pool<>(GrowingBuffer::new);

  ProcessList(WindowsCalls calls) {
    this.calls = calls;
  }

  List<ListedProcess> read() {
    GrowingBuffer buffer = buffers.take();
    for (int attempt = 0; attempt < GrowingBuffer.MOST_ATTEMPTS; attempt++) {
      int status =
          calls.NtQuerySystemInformation(SYSTEM_PROCESS_INFORMATION, buffer.bytes(), buffer.size());
      if (status >= 0) {
        List<ListedProcess> processes = ProcessListCodec.decode(buffer.filled());
        buffers.giveBack(buffer);
        return processes;
      }
      if (status != STATUS_INFO_LENGTH_MISMATCH) {
        throw Win32Error.statusFailure(CALL, status, WHAT);
      }
      buffer.grow();
    }
    throw Win32Error.failure(CALL, -Win32Error.INSUFFICIENT_BUFFER, WHAT);
  }
}
