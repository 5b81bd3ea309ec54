// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which provider makes the system calls, and why those before it do not.
 *
 * @param name the provider in use, see {@link BindingName}
 * @param calls the seam, or null for {@code java}, which makes no native call
 * @param passedOver why each provider ahead of this one was not taken, in order of preference
 */
public record BindingSelection<C>(String name, @Nullable C calls, Map<String, String> passedOver) {

  /**
   * Names the binding to use, or several with commas between: then the first one that loads is
   * used.
   */
  public static final String PROPERTY = "tcptable.binding";

  private static final String SEPARATOR = ",";

  private static final String JAVA = BindingName.JAVA.toString();

  /**
   * Why each class did not load, by its name. The JVM tells only once why a class did not
   * initialize.
   */
  private static final Map<String, String> REASONS = new ConcurrentHashMap<>();

  /** How the JVM begins to say that it has tried before. */
  private static final String NOT_INITIALIZED = "Could not initialize class";

  /** The wording of the JVM, which differs between releases. */
  private static final String DENIED =
      "Illegal native access from:? (an unnamed |unnamed )?module (\\S+)";

  /**
   * Takes the first binding that loads, in their own order or in the order wanted.
   *
   * @param seam {@link LinuxCalls} or {@link WindowsCalls}
   * @param wanted one or more names as for {@link #PROPERTY}, or null
   * @throws BindingException if one that is wanted is unknown, or none of them loads
   */
  public static <C> BindingSelection<C> of(Class<C> seam, @Nullable String wanted) {
    return of(seam, BindingName.providers(seam), wanted);
  }

  /**
   * Takes the first provider that loads, in their own order or in the order wanted.
   *
   * @param providers class names by provider name, best first
   * @param wanted one or more names as for {@link #PROPERTY}, or null
   * @throws BindingException if one that is wanted is unknown, or none of them loads
   */
  static <C> BindingSelection<C> of(
      Class<C> seam, Map<String, String> providers, @Nullable String wanted) {
    Map<String, String> passedOver = new LinkedHashMap<>();
    for (String name : wanted == null ? providers.keySet() : names(providers, wanted)) {
      if (name.equals(JAVA)) {
        return new BindingSelection<>(name, null, passedOver);
      }
      try {
        C calls = load(seam, Objects.requireNonNull(providers.get(name)));
        if (wanted != null && wanted.contains(SEPARATOR)) {
          addBetter(providers, name, wanted, passedOver);
        }
        return new BindingSelection<>(name, calls, passedOver);
      } catch (BindingException e) {
        passedOver.put(name, e.getMessage());
      }
    }
    if (wanted != null) {
      throw new BindingException(
          PROPERTY + "=" + wanted + ": " + String.join("; ", passedOver.values()));
    }
    return new BindingSelection<>(JAVA, null, passedOver);
  }

  private static List<String> names(Map<String, String> providers, String wanted) {
    List<String> names = List.of(wanted.split(SEPARATOR, -1));
    for (String name : names) {
      if (!name.equals(JAVA) && !providers.containsKey(name)) {
        String known = String.join(", ", providers.keySet()) + ", " + JAVA;
        throw new BindingException(PROPERTY + "=" + name + ": not one of " + known);
      }
    }
    return names;
  }

  /** Says of each better one that it was not wanted first. */
  private static void addBetter(
      Map<String, String> providers, String name, String wanted, Map<String, String> passedOver) {
    for (String better : providers.keySet()) {
      if (better.equals(name)) {
        return;
      }
      passedOver.putIfAbsent(better, name + " comes first in " + PROPERTY + "=" + wanted);
    }
  }

  private static <C> C load(Class<C> seam, String className) {
    try {
      return seam.cast(Class.forName(className).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      String reason = REASONS.get(className);
      if (reason == null || !isRepetition(e)) {
        reason = reason(e, className);
        REASONS.put(className, reason);
      }
      throw new BindingException(reason, e);
    }
  }

  /** Whether this is a class that has failed to initialize before. */
  private static boolean isRepetition(Throwable failure) {
    return causes(failure)
        .anyMatch(
            e ->
                e instanceof NoClassDefFoundError
                    && String.valueOf(e.getMessage()).startsWith(NOT_INITIALIZED));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** Whether it is this very class that is not there, and not one that it needs. */
  private static boolean isMissing(Throwable cause, String className) {
    return cause instanceof ClassNotFoundException
        && className.equals(firstWord(String.valueOf(cause.getMessage())));
  }

  /**
   * The class of a message: other class loaders than the JVM's, such as of OSGi, add a sentence.
   */
  private static String firstWord(String message) {
    int end = message.indexOf(' ');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Why the one provider is not there that is in the part of the jar for newer Java only. */
  private static String withoutFfm(String className) {
    int java = Runtime.version().feature();
    return BindingName.FFM
        .leftOut()
        .orElseGet(
            () ->
                java < BindingName.FFM_JAVA
                    ? "needs Java " + BindingName.FFM_JAVA + " or later, this is " + java
                    : "the class "
                        + className
                        + " is in META-INF/versions/"
                        + BindingName.FFM_JAVA
                        + ", where this Java does not look; the manifest of the jar needs"
                        + " Multi-Release: true");
  }

  /** The message of the provider itself, or else of the first cause. */
  private static String reason(Throwable failure, String className) {
    Throwable cause =
        causes(failure)
            .filter(e -> e instanceof BindingException || e.getCause() == null)
            .findFirst()
            .orElse(failure);
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    Matcher denied = Pattern.compile(DENIED).matcher(message);
    if (denied.find()) {
      return "native access is denied; start java with --enable-native-access="
          + (denied.group(1) == null ? denied.group(2) : "ALL-UNNAMED");
    }
    if (cause instanceof BindingException || cause instanceof UnsatisfiedLinkError) {
      return message;
    }
    if (isMissing(cause, className)) {
      return BindingName.FFM.provides(className) ? withoutFfm(className) : "no class " + className;
    }
    if (message.startsWith(NOT_INITIALIZED)) {
      return message;
    }
    if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
      return firstWord(message).replace('/', '.')
          + (BindingSelection.class.getModule().isNamed()
              ? " is in no module of this run; see --add-modules"
              : " is not on the class path");
    }
    return cause.getClass().getSimpleName() + ": " + message;
  }
}
