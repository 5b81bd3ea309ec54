// SPDX-License-Identifier: Apache-2.0
package io.tcptable.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Run;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The headers by which OSGi wires the jars say what their classes and their module say. */
@Tag("once")
class OsgiHeadersIT {

  private static final Pattern REFERENCE = Pattern.compile("-> ([a-z][a-z0-9]*(\\.[a-z0-9]+)+)");

  private static Attributes headers(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes();
    }
  }

  /** The packages of a header, without what is said of each. */
  private static List<String> packages(Attributes headers, String name) {
    return Arrays.stream(headers.getValue(name).split(","))
        .map(clause -> clause.split(";", 2)[0].strip())
        .toList();
  }

  @Test
  void exportsWhatTheModuleDoes() throws Exception {
    ModuleDescriptor module =
        ModuleFinder.of(PackagedApplication.library())
            .find("io.tcptable")
            .orElseThrow()
            .descriptor();
    List<String> exported =
        module.exports().stream()
            .filter(export -> !export.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .toList();
    assertThat(packages(headers(PackagedApplication.library()), "Export-Package"))
        .containsExactlyInAnyOrderElementsOf(exported);
  }

  /** What is not of java.* has to be imported, also of the JDK's own; libraries are optional. */
  @Test
  void importsWhatItsClassesName() throws Exception {
    Run jdeps =
        Run.of(
            List.of(
                PackagedApplication.JDK.resolve("bin/jdeps").toString(),
                "--multi-release",
                "base",
                "-verbose:package",
                PackagedApplication.library().toString()));
    List<String> named =
        REFERENCE
            .matcher(jdeps.out())
            .results()
            .map(reference -> reference.group(1))
            .filter(name -> !name.startsWith("java.") && !name.startsWith("io.tcptable"))
            .distinct()
            .toList();
    Attributes headers = headers(PackagedApplication.library());
    assertThat(named).isNotEmpty();
    assertThat(packages(headers, "Import-Package")).containsExactlyInAnyOrderElementsOf(named);
    assertThat(headers.getValue("Import-Package").split(","))
        .allMatch(each -> each.startsWith("javax.") || each.endsWith(";resolution:=optional"));
  }

  /** As a part of the library, which so finds them by its own class loader. */
  @Test
  void theNativesAreAFragmentOfTheLibrary() throws Exception {
    Attributes library = headers(PackagedApplication.library());
    Attributes natives = headers(PackagedApplication.natives());
    assertThat(natives.getValue("Fragment-Host"))
        .startsWith(library.getValue("Bundle-SymbolicName") + ";");
    assertThat(library.getValue("Bundle-Version"))
        .matches("\\d+\\.\\d+\\.\\d+(\\.SNAPSHOT)?")
        .isEqualTo(natives.getValue("Bundle-Version"));
  }
}
