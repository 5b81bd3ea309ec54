// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnerModuleCodecTest {

  private static final long SOMEWHERE = 0x0000_7ff7_1234_5670L;

  private static ByteBuffer module(long name, long path, String texts) {
    byte[] bytes = texts.getBytes(StandardCharsets.UTF_16LE);
    return ByteBuffer.allocate(OwnerModuleCodec.TEXTS + bytes.length)
        .order(ByteOrder.nativeOrder())
        .putLong(OwnerModuleCodec.NAME, SOMEWHERE + name)
        .putLong(OwnerModuleCodec.PATH, SOMEWHERE + path)
        .put(OwnerModuleCodec.TEXTS, bytes);
  }

  @Test
  void theNameMayComeFirstOrLastOrBeTheSame() {
    assertThat(OwnerModuleCodec.name(module(16, 24, "Svc\0C:\\svchost.exe\0"))).contains("Svc");
    assertThat(OwnerModuleCodec.name(module(26, 16, "a.exe\0\u00dcber\0"))).isEmpty();
    assertThat(OwnerModuleCodec.name(module(28, 16, "a.exe\0\u00dcber\0"))).contains("\u00dcber");
    assertThat(OwnerModuleCodec.name(module(16, 16, "System\0"))).contains("System");
  }

  @Test
  void whatDoesNotAgreeIsNotBelieved() {
    assertThat(OwnerModuleCodec.name(module(16, 26, "Svc\0C:\\svchost.exe\0"))).isEmpty();
    assertThat(OwnerModuleCodec.name(module(16, 16, "System"))).isEmpty();
    assertThat(OwnerModuleCodec.name(module(16, 18, "\0a.exe\0"))).isEmpty();
    assertThat(OwnerModuleCodec.name(module(16, 24, ""))).isEmpty();
    assertThat(OwnerModuleCodec.name(ByteBuffer.allocate(15))).isEmpty();
  }

  @Test
  void damagedBytesAreNeverReadBeyondTheirEnd() {
    Random random = new Random(3001);
    for (int i = 0; i < 10_000; i++) {
      ByteBuffer module = module(random.nextInt(4), random.nextInt(8), "a\0bc\0");
      module.put(random.nextInt(module.capacity()), (byte) random.nextInt());
      module.limit(random.nextInt(module.capacity() + 1));
      OwnerModuleCodec.name(module)
          .ifPresent(name -> assertThat(name).hasSizeBetween(1, module.capacity() / 2));
    }
  }
}
