// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.net.URL;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The bindings that there are, best first. One more is a package of its name beside this one, whose
 * classes are called as the interfaces that they implement: {@code jni.JniLinuxCalls}.
 */
public enum BindingName {
  FFM,
  JNI,
  JNA,
  JNR,
  /** Plain Java, without native calls. It has no class. */
  JAVA;

  /** The first Java that has FFM. */
  static final int FFM_JAVA = 22;

  private static final String NEWER = "META-INF/versions/" + FFM_JAVA + "/";

  /**
   * Where this class was compiled; in parts, as tools that rename packages do so in strings too.
   */
  private static final String COMPILED_IN =
      String.join(".", "io", "tcptable", "internal", "binding");

  /** All names, best first. */
  public static List<String> all() {
    return Arrays.stream(values()).map(BindingName::toString).toList();
  }

  /**
   * The class names of those that make native calls, by name and best first.
   *
   * @param seam {@link LinuxCalls} or {@link WindowsCalls}
   */
  public static Map<String, String> providers(Class<?> seam) {
    Map<String, String> providers = new LinkedHashMap<>();
    for (BindingName name : values()) {
      if (name != JAVA) {
        providers.put(name.toString(), name.className(seam));
      }
    }
    return providers;
  }

  /**
   * Why this build lacks it, whichever Java runs it; empty if it does not. This looks into the jar.
   */
  public Optional<String> leftOut() {
    String file = file(className(LinuxCalls.class));
    if (this == JAVA || isHere(file) || isHere(NEWER + file) || isOfOlderImage()) {
      return Optional.empty();
    }
    return Optional.of(
        isHere(NEWER + file(className(COMPILED_IN, LinuxCalls.class)))
            ? "the tool that has renamed the packages of this jar left it under its old name"
            : "not in this build, which was made with a JDK before 22");
  }

  /** Whether a class of this name makes its calls, for one seam or the other. */
  boolean provides(String className) {
    return className.equals(className(LinuxCalls.class))
        || className.equals(className(WindowsCalls.class));
  }

  /** Into an image, {@code jlink} takes no class that the Java of that image is too old for. */
  private static boolean isOfOlderImage() {
    URL place = BindingName.class.getResource("BindingName.class");
    return place != null
        && place.getProtocol().equals("jrt")
        && Runtime.version().feature() < FFM_JAVA;
  }

  private static String file(String className) {
    return className.replace('.', '/') + ".class";
  }

  private static boolean isHere(String file) {
    return BindingName.class.getResource("/" + file) != null;
  }

  private String className(Class<?> seam) {
    return className(getClass().getPackageName(), seam);
  }

  private String className(String room, Class<?> seam) {
    String prefix = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    return room + "." + this + "." + prefix + seam.getSimpleName();
  }

  /** The name as users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
