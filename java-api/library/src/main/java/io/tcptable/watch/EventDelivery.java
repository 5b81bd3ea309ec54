// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpTable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands events and looks to their consumers, on a thread that only the consumer keeps waiting. */
final class EventDelivery implements Runnable {

  private final EventQueue queue;
  private final Consumer<? super TcpEvent> consumer;
  private final Consumer<? super TcpTable> looks;
  private final Runnable source;
  private final Runnable afterLast;

  /**
   * @param source ends the source, as there is no use for it if the consumer throws
   * @param afterLast what is to be done once the consumer will not be called any more
   */
  EventDelivery(
      EventQueue queue,
      Consumer<? super TcpEvent> consumer,
      Consumer<? super TcpTable> looks,
      Runnable source,
      Runnable afterLast) {
    this.queue = queue;
    this.consumer = consumer;
    this.looks = looks;
    this.source = source;
    this.afterLast = afterLast;
  }

  @Override
  public void run() {
    try {
      while (queue.await()) {
        TcpTable look = queue.takeLook();
        if (look != null) {
          looks.accept(look);
        } else {
          deliver(queue.take());
        }
      }
    } catch (InterruptedException e) {
      // It was closed.
    } finally {
      source.run();
      queue.close();
      afterLast.run();
    }
  }

  private void deliver(@Nullable TcpEvent event) {
    if (event != null) {
      consumer.accept(event);
    }
  }
}
