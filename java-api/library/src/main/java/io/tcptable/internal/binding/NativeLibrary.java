// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads our own C: the user's own library if one is named, else the one for this platform out of
 * {@code tcptable-native}, by way of a private copy that is gone again once it is loaded. It makes
 * the system calls of JNI, and has the eBPF iterator for all providers.
 */
public final class NativeLibrary {

  /** Names a library to load instead of the bundled one; an absolute path. */
  public static final String PROPERTY = "tcptable.library";

  /** What {@code native/src/main/c/jni_natives.c} reads. */
  private static final String PACKAGE = "tcptable.natives.package";

  private static final String FOLDER = "META-INF/native/";

  /** Lies beside the folders in the jar, also if it was built for some of them only. */
  private static final String CONTENTS = FOLDER + "tcptable.txt";

  private static boolean loaded;

  private static byte @Nullable [] unpacked;

  private NativeLibrary() {}

  /**
   * Loads it if that has not been done.
   *
   * @throws BindingException if there is no library for this platform, or none could be loaded
   * @throws IllegalCallerException if this JVM denies native access
   */
  public static synchronized void load(NativePlatform platform) {
    if (loaded) {
      return;
    }
    String own = System.getProperty(PROPERTY);
    if (own != null) {
      loadOwn(own);
    } else {
      loadBundled(platform);
    }
    loaded = true;
  }

  /** Whether it has been loaded: then this JVM allows it. */
  public static synchronized boolean isLoaded() {
    return loaded;
  }

  /**
   * Writes what was loaded out of the jar to a file, which {@link #PROPERTY} may name next time.
   * Returns false if nothing was.
   *
   * @throws IOException if it cannot be written
   */
  public static synchronized boolean writeTo(Path file) throws IOException {
    byte[] library = unpacked;
    if (library == null) {
      return false;
    }
    Files.write(file, library);
    return true;
  }

  private static void loadOwn(String name) {
    Path library = Path.of(name);
    if (!library.isAbsolute()) {
      throw new BindingException(PROPERTY + "=" + name + ": not an absolute path");
    }
    if (!Files.isRegularFile(library)) {
      throw new BindingException(PROPERTY + "=" + name + ": no such file");
    }
    try {
      load(library);
    } catch (BindingException e) {
      throw new BindingException(PROPERTY + "=" + name + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bundled(NativePlatform platform) {
    String folder = platform.folder();
    try (InputStream library = resource(FOLDER + folder + "/" + platform.library())) {
      if (library != null) {
        return library.readAllBytes();
      }
    } catch (IOException e) {
      throw new BindingException("cannot read the JNI library out of its jar: " + e, e);
    }
    throw new BindingException(
        NativeLibrary.class.getClassLoader().getResource(CONTENTS) != null
            ? "tcptable-native holds no library for " + folder
            : missing(NativeLibrary.class.getModule()));
  }

  /** A module is in no image of {@code jlink} that did not ask for it. */
  private static String missing(Module own) {
    return own.isNamed()
        ? "the module io.tcptable.natives takes no part in this run: require it, or see --add-modules"
        : "tcptable-native is not on the class path";
  }

  /** By the class loader, which also finds it where the jar is a module of its own. */
  private static @Nullable InputStream resource(String name) {
    return NativeLibrary.class.getClassLoader().getResourceAsStream(name);
  }

  private static void loadBundled(NativePlatform platform) {
    byte[] library = bundled(platform);
    List<String> reasons = new ArrayList<>();
    for (Path place : places()) {
      try (PrivateDirectory directory = PrivateDirectory.in(place)) {
        Path copy = directory.path().resolve(platform.library());
        Files.write(copy, library, StandardOpenOption.CREATE_NEW);
        load(copy);
        unpacked = library;
        return;
      } catch (BindingException e) {
        reasons.add(place + ": " + e.getMessage());
      } catch (IOException e) {
        reasons.add(place + ": " + e);
      }
    }
    throw new BindingException(
        "no place to load the JNI library from ("
            + String.join("; ", reasons)
            + "); take it out of tcptable-native and name it with -D"
            + PROPERTY);
  }

  /** Where a user may leave files, best first; not each of them lets code run. */
  private static List<Path> places() {
    return Stream.of(
            System.getProperty("java.io.tmpdir"),
            System.getenv("XDG_RUNTIME_DIR"),
            System.getProperty("user.home"))
        .filter(Objects::nonNull)
        .flatMap(NativeLibrary::named)
        .filter(Path::isAbsolute)
        .toList();
  }

  /** The directory of a name; none if this JVM's locale cannot express it. */
  private static Stream<Path> named(String directory) {
    try {
      return Stream.of(Path.of(directory));
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  private static void load(Path library) {
    try {
      loadForThisPackage(library.toString());
    } catch (UnsatisfiedLinkError e) {
      // The JVM and the loader each put the path before what they have to say.
      throw new BindingException(String.valueOf(e.getMessage()).replace(library + ": ", ""), e);
    }
  }

  /**
   * Loads it, and tells it meanwhile which package the classes are in that it binds: one that holds
   * this library among others may have renamed it. There may be more than one copy in this JVM.
   */
  @SuppressWarnings("restricted")
  private static void loadForThisPackage(String library) {
    synchronized (System.getProperties()) {
      System.setProperty(PACKAGE, NativeLibrary.class.getPackageName().replace('.', '/'));
      try {
        System.load(library);
      } finally {
        System.clearProperty(PACKAGE);
      }
    }
  }
}
