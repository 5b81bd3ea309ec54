// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who may know whom: {@code cli -> restart -> diagnose -> io.tcptable -> internal}. */
class ArrowsTest {

  private static final String SEAM = "io.tcptable.internal.binding";
  private static final String TABLE = "io.tcptable.internal.table";
  private static final String[] SYSTEMS = {
    "io.tcptable.internal.linux", "io.tcptable.internal.windows"
  };
  private static final String[] PROVIDERS = {
    SEAM + ".ffm", SEAM + ".jni", SEAM + ".jna", SEAM + ".jnr"
  };

  /** Of the base and of the part for Java 22. */
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(Path.of("target/classes"), Path.of("target/classes/META-INF/versions/22"));

  @Test
  void allOfItIsLookedAt() {
    assertThat(CLASSES.contain("io.tcptable.TcpTable")).isTrue();
    for (String provider :
        new String[] {
          ".ffm.FfmLinuxCalls", ".jni.JniLinuxCalls", ".jna.JnaLinuxCalls", ".jnr.JnrLinuxCalls"
        }) {
      assertThat(CLASSES.contain(SEAM + provider)).as(provider).isTrue();
    }
  }

  @Test
  void nothingPointsLeft() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.tcptable..")
        .layer("cli")
        .definedBy("io.tcptable.program..")
        .layer("restart")
        .definedBy("io.tcptable.restart..")
        .layer("diagnose")
        .definedBy("io.tcptable.diagnose..")
        .layer("api")
        .definedBy("io.tcptable")
        .optionalLayer("systems")
        .definedBy(SYSTEMS)
        .layer("table")
        .definedBy(TABLE)
        .layer("seam")
        .definedBy(SEAM)
        .layer("providers")
        .definedBy(PROVIDERS)
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("restart")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("diagnose")
        .mayOnlyBeAccessedByLayers("cli", "restart")
        .whereLayer("api")
        .mayOnlyBeAccessedByLayers("cli", "restart", "diagnose")
        .whereLayer("systems")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("table")
        .mayOnlyBeAccessedByLayers("api", "systems")
        .whereLayer("seam")
        .mayOnlyBeAccessedByLayers("api", "systems", "providers")
        .whereLayer("providers")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void aProviderKnowsTheSeamAndItselfOnly() {
    for (String provider : PROVIDERS) {
      noClasses()
          .that(resideInAPackage(provider))
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.tcptable..").and(not(resideInAnyPackage(SEAM, provider))))
          .check(CLASSES);
    }
  }

  @Test
  void theSeamKnowsNobody() {
    noClasses()
        .that(resideInAnyPackage(SEAM, TABLE))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.tcptable..").and(not(resideInAnyPackage(SEAM, TABLE))))
        .check(CLASSES);
  }

  @Test
  void aCodecKnowsBytesAndNothingOfCalls() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Codec")
        .should()
        .dependOnClassesThat(resideInAPackage(SEAM + ".."))
        .check(CLASSES);
  }

  @Test
  void roomsHaveNoCycle() {
    slices().matching("io.tcptable.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void namesSayWhatAClassDoes() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Info|Data|Item)(\\$.*)?")
        .check(CLASSES);
  }

  @Test
  void onlyTheProgramPrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tcptable.program..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void theLibraryNeedsNothingButTheJdk() {
    classes()
        .that()
        .resideOutsideOfPackages("io.tcptable.program..", SEAM + ".jna", SEAM + ".jnr")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.tcptable..", "java..", "javax.net.ssl..", "org.jspecify..")
        .check(CLASSES);
  }
}
