// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands events to the consumer, on a thread that only the consumer keeps waiting. */
final class EventDelivery implements Runnable {

  private final EventQueue queue;
  private final Consumer<? super TcpEvent> consumer;
  private final Runnable source;
  private final Runnable afterLast;

  /**
   * @param source ends the source, as there is no use for it if the consumer throws
   * @param afterLast what is to be done once the consumer will not be called any more
   */
  EventDelivery(
      EventQueue queue, Consumer<? super TcpEvent> consumer, Runnable source, Runnable afterLast) {
    this.queue = queue;
    this.consumer = consumer;
    this.source = source;
    this.afterLast = afterLast;
  }

  @Override
  public void run() {
    try {
      @Nullable TcpEvent event = queue.take();
      while (event != null) {
        consumer.accept(event);
        event = queue.take();
      }
    } catch (InterruptedException e) {
      // It was closed.
    } finally {
      source.run();
      queue.close();
      afterLast.run();
    }
  }
}
