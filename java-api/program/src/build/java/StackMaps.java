// SPDX-License-Identifier: Apache-2.0
import static java.lang.classfile.ClassFile.JAVA_17_VERSION;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;

/**
 * Rewrites a class as javac would write it for Java 17.
 *
 * <p>Why: picocli is compiled for Java 5 (class file version 49). Such classes have no stack maps
 * (JVMS 4.7.4, needed from version 50 on), so the JVM verifies them with the old type-inferring
 * verifier (JVMS 4.10.2), which is slow, and takes none of them into an AppCDS archive or AOT
 * cache. That was half of the time from the start of the program to its answer.
 *
 * <p>What: the code of each method stays as it is; its stack maps are computed, and the version is
 * set to 61.
 */
final class StackMaps {

  private StackMaps() {}

  static byte[] add(ClassFile classes, byte[] bytes) {
    ClassTransform withStackMaps =
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    ClassTransform newer =
        ClassTransform.endHandler(builder -> builder.withVersion(JAVA_17_VERSION, 0));
    return classes
        .withOptions(ClassFile.StackMapsOption.GENERATE_STACK_MAPS)
        .transformClass(classes.parse(bytes), withStackMaps.andThen(newer));
  }
}
