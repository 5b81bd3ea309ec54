// SPDX-License-Identifier: Apache-2.0
import static java.lang.classfile.ClassFile.JAVA_17_VERSION;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A step of the build: rewrites the classes of a package in a jar as javac would write them for
 * Java 17. Arguments: {@code JAR PACKAGE/}.
 *
 * <p>Why: picocli is compiled for Java 5 (class file version 49). Such classes have no stack maps
 * (JVMS 4.7.4, needed from version 50 on), so the JVM verifies them with the old type-inferring
 * verifier (JVMS 4.10.2), which is slow, and takes none of them into an AppCDS archive or AOT
 * cache. That was half of the time from the start of the program to its answer.
 *
 * <p>What: the bundled jar of the program is rewritten in place after it was shaded. The code of
 * each method stays as it is; the JDK's class file API (JEP 484, JDK 24 or later) computes the
 * stack maps and sets version 61. No other class changes, and each entry keeps its time, so that
 * the jar is reproducible. Without this step the program works the same and starts more slowly.
 */
public final class UpgradeClassFiles {

  private UpgradeClassFiles() {}

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    String prefix = args[1];
    ByteArrayOutputStream upgraded = new ByteArrayOutputStream();
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream to = new ZipOutputStream(upgraded)) {
      ClassFile classes = classFiles(from);
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] bytes = bytes(from, entry);
        if (entry.getName().startsWith(prefix) && entry.getName().endsWith(".class")) {
          bytes = upgrade(classes, bytes);
        }
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(same);
        to.write(bytes);
        to.closeEntry();
      }
    }
    Files.write(jar, upgraded.toByteArray());
  }

  /** Stack maps name common superclasses: those in the jar, and the JDK's. */
  private static ClassFile classFiles(ZipFile jar) {
    ClassHierarchyResolver inJar =
        ClassHierarchyResolver.ofResourceParsing(type -> resource(jar, type));
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS,
        ConstantPoolSharingOption.NEW_POOL,
        ClassHierarchyResolverOption.of(inJar.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  private static InputStream resource(ZipFile jar, ClassDesc type) {
    String name = type.descriptorString();
    ZipEntry entry = jar.getEntry(name.substring(1, name.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] upgrade(ClassFile classes, byte[] bytes) {
    ClassTransform withStackMaps =
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform newer =
        ClassTransform.endHandler(builder -> builder.withVersion(JAVA_17_VERSION, 0));
    return classes.transformClass(classes.parse(bytes), withStackMaps.andThen(newer));
  }

  private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
