// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The string constants of compiled classes, see chapter 4.4 of the JVM specification. */
final class ClassConstants {

  private static final int MAGIC = 0xcafebabe;

  private ClassConstants() {}

  /** Those of each class below a directory, by the name of the class. */
  static Map<String, List<String>> below(Path directory) throws IOException {
    Map<String, List<String>> constants = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = directory.relativize(file).toString();
        if (name.endsWith(".class") && !name.startsWith("META-INF")) {
          constants.put(
              name.substring(0, name.length() - ".class".length()).replace('/', '.'), of(file));
        }
      }
    }
    return constants;
  }

  private static List<String> of(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(bytes)) {
      if (in.readInt() != MAGIC) {
        throw new IOException("no class: " + file);
      }
      in.readInt();
      int count = in.readUnsignedShort();
      String[] texts = new String[count];
      List<Integer> strings = new ArrayList<>();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts[i] = in.readUTF();
          case 8 -> strings.add(in.readUnsignedShort());
          case 7, 16, 19, 20 -> in.readUnsignedShort();
          case 15 -> in.skipNBytes(3);
          case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
          case 5, 6 -> {
            in.readLong();
            i++;
          }
          default -> throw new IOException("constant of kind " + tag + " in " + file);
        }
      }
      return strings.stream().map(index -> texts[index]).toList();
    }
  }
}
