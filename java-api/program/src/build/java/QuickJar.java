// SPDX-License-Identifier: Apache-2.0
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A step of the build: rewrites classes in the bundled jar of the program, in place, so that it
 * starts sooner. Argument: {@code JAR}. Needs the JDK's class file API (JEP 484, JDK 24 or later);
 * without this step the program works the same.
 *
 * <p>Each entry keeps its time, and new ones have that of the class they were taken from, so that
 * the jar is reproducible.
 */
public final class QuickJar {

  private static final String PICOCLI = "picocli/";
  private static final String OURS = "io/tcptable/";
  private static final String VERSIONED = "META-INF/versions/";
  private static final String CLASS = ".class";

  /** By their names, in the order of the jar: its manifest is the first. */
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private final Map<String, LocalDateTime> times = new HashMap<>();

  private QuickJar() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    QuickJar jar = new QuickJar();
    jar.read(file);
    jar.rewrite();
    jar.write(file);
  }

  private void read(Path file) throws IOException {
    try (ZipFile from = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        try (InputStream in = from.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
        times.put(entry.getName(), entry.getTimeLocal());
      }
    }
  }

  private void rewrite() {
    ClassFile classes =
        ClassFile.of(
            ConstantPoolSharingOption.NEW_POOL,
            // Stack maps name common superclasses: those in the jar, and the JDK's.
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(type -> resource(LambdaClasses.file(type)))
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    replace(PICOCLI, bytes -> StackMaps.add(classes, bytes));

    LambdaClasses lambdas = new LambdaClasses(classes);
    entries.forEach(
        (name, bytes) -> {
          if (name.startsWith(VERSIONED) && name.contains("/" + OURS) && name.endsWith(CLASS)) {
            lambdas.leave(bytes);
          }
        });
    replace(OURS, lambdas::rewrite);
    replace(OURS, lambdas::enlist);
    lambdas
        .made()
        .forEach(
            (name, bytes) -> {
              entries.put(name, bytes);
              times.put(name, times.get(name.substring(0, name.indexOf("$$")) + CLASS));
            });
  }

  private InputStream resource(String name) {
    byte[] bytes = entries.get(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private void replace(String folder, UnaryOperator<byte[]> change) {
    entries.replaceAll(
        (name, bytes) ->
            name.startsWith(folder) && name.endsWith(CLASS) ? change.apply(bytes) : bytes);
  }

  private void write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream to = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry written = new ZipEntry(entry.getKey());
        written.setTimeLocal(times.get(entry.getKey()));
        to.putNextEntry(written);
        to.write(entry.getValue());
        to.closeEntry();
      }
    }
    Files.write(file, bytes.toByteArray());
  }
}
