// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What other processes and users have chosen comes in by one reader, which bounds it: {@code
 * internal.linux.procfs}. Past it go only the walk over descriptors and the tables of sockets, by
 * system calls into buffers of a fixed size ({@code internal.linux.{kernel,netlink,owners}}), and
 * who is named here.
 */
class ProcReadersTest {

  private static final String READER = "io.tcptable.internal.linux.procfs";

  /**
   * The first streams a file of numbers, as it has to: there may be millions of lines. The second
   * follows links of directories that only root or this user can have made, none of them of a
   * process. Three read what runtimes of containers keep on disk, and the others the program that
   * is to be started.
   */
  private static final Set<String> EXCEPTIONS =
      Set.of(
          "io.tcptable.internal.linux.ElfProgram",
          "io.tcptable.internal.linux.ExecutableFormat",
          "io.tcptable.internal.linux.ProcNetTcpSource",
          "io.tcptable.internal.linux.kernel.SafePath",
          "io.tcptable.internal.linux.process.ContainerNames",
          "io.tcptable.internal.linux.process.DockerContainers",
          "io.tcptable.internal.linux.process.RuntimeFile");

  private static final Set<String> READING =
      Set.of(
          "readAllBytes",
          "readString",
          "readAllLines",
          "readSymbolicLink",
          "lines",
          "list",
          "walk",
          "find",
          "copy",
          "newBufferedReader",
          "newByteChannel",
          "newDirectoryStream",
          "newInputStream",
          "walkFileTree");

  private static final JavaClasses CLASSES = ArrowsTest.CLASSES;

  private static final DescribedPredicate<JavaAccess<?>> A_READ =
      DescribedPredicate.describe(
          "a read of a file",
          access ->
              isRead(access.getTargetOwner(), access.getName())
                  && !access.getOriginOwner().getName().startsWith(READER));

  private static boolean isRead(JavaClass owner, String member) {
    return (owner.isEquivalentTo(Files.class) && READING.contains(member))
        || Set.of(
                "java.io.FileInputStream",
                "java.io.FileReader",
                "java.io.RandomAccessFile",
                "java.nio.channels.FileChannel",
                "java.nio.channels.AsynchronousFileChannel",
                "java.util.Scanner")
            .contains(owner.getName());
  }

  @Test
  void nobodyReadsPastTheReader() {
    noClasses()
        .that(resideInAPackage("io.tcptable.internal.linux.."))
        .and(
            DescribedPredicate.describe(
                "are no exception", type -> !EXCEPTIONS.contains(type.getName())))
        .should()
        .accessTargetWhere(A_READ)
        .check(CLASSES);
  }

  /** The rule would find one: the exceptions do read. */
  @Test
  void theRuleSeesReads() {
    assertThat(EXCEPTIONS)
        .allSatisfy(name -> assertThat(CLASSES.get(name).getAccessesFromSelf()).anyMatch(A_READ));
    assertThat(CLASSES.get(READER + ".ProcFile").getAccessesFromSelf())
        .anyMatch(access -> isRead(access.getTargetOwner(), access.getName()));
  }
}
