// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A step of a release: makes modules for jlink of a run-time for Windows, which has none.
 * Arguments: {@code RUNTIME FOLDER MODULE...}, the home of the run-time, a new folder, and its
 * modules.
 *
 * <p>It needs a JDK 24 or later. jlink has to be of the feature version of the run-time.
 */
public final class WindowsModules {

  /** What {@code java.base} of a JDK for Windows has in {@code bin}; and the C library. */
  private static final Predicate<String> BASE_BIN =
      name ->
          name.matches(
              "java\\.exe|(java|jimage|jli|net|nio|syslookup|verify|zip)\\.dll|server/jvm\\.dll"
                  + "|(msvcp|vcruntime|ucrtbase|api-ms-win-).*\\.dll");

  private static final Predicate<String> BASE_LIB =
      name -> name.matches("classlist|jrt-fs\\.jar|jvm\\.cfg|tzdb\\.dat|tzmappings|security/.*");

  /** Parts of {@code conf} of these modules; the others have none. */
  private static final Map<String, Predicate<String>> CONF =
      Map.of(
          "java.base",
          name -> name.equals("net.properties") || name.startsWith("security/"),
          "java.logging",
          "logging.properties"::equals);

  /** What jlink has written into the run-time, and writes again. */
  private static final Predicate<String> BY_JLINK =
      name -> name.matches("jdk/internal/module/SystemModules\\$.*");

  private final Path runtime;
  private final Path folder;

  private WindowsModules(Path runtime, Path folder) {
    this.runtime = runtime;
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    WindowsModules modules = new WindowsModules(Path.of(args[0]), Path.of(args[1]));
    try (FileSystem image =
        FileSystems.newFileSystem(
            URI.create("jrt:/"), Map.of("java.home", modules.runtime.toString()))) {
      for (String name : List.of(args).subList(2, args.length)) {
        modules.write(name, image.getPath("modules", name));
      }
    }
  }

  private void write(String module, Path classes) throws IOException {
    boolean base = module.equals("java.base");
    Path parts = Files.createTempDirectory(Files.createDirectories(folder), module);
    copy(classes, parts.resolve("classes"), BY_JLINK.negate());
    copy(runtime.resolve("conf"), parts.resolve("conf"), CONF.getOrDefault(module, name -> false));
    copy(runtime.resolve("legal").resolve(module), parts.resolve("legal"), name -> true);
    if (base) {
      copy(runtime.resolve("bin"), parts.resolve("lib"), BASE_BIN.and(name -> name.endsWith("l")));
      copy(runtime.resolve("bin"), parts.resolve("bin"), BASE_BIN.and(name -> name.endsWith("e")));
      copy(runtime.resolve("lib"), parts.resolve("lib"), BASE_LIB);
      forgetHashes(parts.resolve("classes/module-info.class"));
    } else {
      refuseNative(module, parts.resolve("classes"));
    }
    run(
        "create",
        "--class-path",
        parts.resolve("classes"),
        "--config",
        parts.resolve("conf"),
        "--legal-notices",
        parts.resolve("legal"),
        "--libs",
        Files.createDirectories(parts.resolve("lib")),
        "--cmds",
        Files.createDirectories(parts.resolve("bin")),
        folder.resolve(module + ".jmod"));
    remove(parts);
  }

  private static void copy(Path from, Path to, Predicate<String> named) throws IOException {
    Files.createDirectories(to);
    List<Path> files;
    try (Stream<Path> all = Files.walk(from)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = from.relativize(file).toString();
      if (named.test(name)) {
        Path copy = to.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /** It names those of the modules of its JDK, which are other files than these. */
  private static void forgetHashes(Path moduleInfo) throws IOException {
    ClassFile format = ClassFile.of();
    Files.write(
        moduleInfo,
        format.transformClass(
            format.parse(moduleInfo),
            ClassTransform.dropping(element -> element instanceof ModuleHashesAttribute)));
  }

  /** Which libraries are whose is known of {@code java.base} alone. */
  private static void refuseNative(String module, Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file :
          (Iterable<Path>) files.filter(it -> it.toString().endsWith(".class"))::iterator) {
        ClassModel model = ClassFile.of().parse(file);
        if (model.methods().stream().anyMatch(it -> it.flags().has(AccessFlag.NATIVE))) {
          throw new IllegalArgumentException(
              module + " has native methods, and which library has them is not known: " + file);
        }
      }
    }
  }

  private static void run(Object... arguments) {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    int code =
        ToolProvider.findFirst("jmod")
            .orElseThrow(() -> new IllegalStateException("this Java has no jmod"))
            .run(System.out, System.err, words.toArray(new String[0]));
    if (code != 0) {
      throw new IllegalStateException("jmod failed: " + words);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failed)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
