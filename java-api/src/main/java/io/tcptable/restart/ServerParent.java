package io.tcptable.restart;

import io.tcptable.Owner;
import io.tcptable.ProcessStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells whether a parent that does not hold the port is part of the server, and so would bring back
 * what was stopped. Stopping too few shows when the server comes back; stopping too many cannot be
 * undone. So a parent counts only if it is of the same session, has no child but those that are to
 * be stopped, and
 *
 * <ul>
 *   <li>they were forked from it and run the same program still, like the workers of a master, or
 *   <li>it started the same program again, by the same user, like a reloader.
 * </ul>
 */
final class ServerParent {

  /** Options of interpreters that take the next word as their value. */
  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "-W",
          "-X",
          "-r",
          "--require",
          "--import",
          "-I");

  /** Options of interpreters whose next word is a program itself: it has no name to compare. */
  private static final Set<String> INLINE_PROGRAM = Set.of("-c", "-e", "--eval");

  private ServerParent() {}

  /**
   * Why a parent is part of the server; empty if it is not.
   *
   * @param child one that is to be stopped
   * @param stopped all that are to be stopped
   */
  static Optional<String> reason(Owner parent, Owner child, Collection<Owner> stopped) {
    if (!isKnownAndEqual(session(parent), session(child))
        || !stopped.containsAll(children(parent))) {
      return Optional.empty();
    }
    if (isFork(parent, child)) {
      return Optional.of("has forked " + child + ", and nobody else");
    }
    return isReloader(parent, child)
        ? Optional.of("has started the same program again as " + child + ", and nobody else")
        : Optional.empty();
  }

  private static List<Owner> children(Owner parent) {
    return parent.descendants().stream()
        .filter(below -> below.parent().filter(parent::equals).isPresent())
        .filter(
            below ->
                below.status().filter(s -> s.state() != ProcessStatus.State.ZOMBIE).isPresent())
        .toList();
  }

  private static boolean isReloader(Owner parent, Owner child) {
    return isKnownAndEqual(parent.executable(), child.executable())
        && isKnownAndEqual(parent.user(), child.user())
        && isKnownAndEqual(program(parent), program(child));
  }

  private static boolean isKnownAndEqual(Optional<?> one, Optional<?> other) {
    return one.isPresent() && one.equals(other);
  }

  private static Optional<Long> session(Owner process) {
    OptionalLong session =
        process.status().map(ProcessStatus::session).orElse(OptionalLong.empty());
    return session.isPresent() ? Optional.of(session.getAsLong()) : Optional.empty();
  }

  private static boolean isFork(Owner one, Owner other) {
    OptionalLong image = one.status().map(ProcessStatus::programImage).orElse(OptionalLong.empty());
    return image.isPresent()
        && Optional.of(image).equals(other.status().map(ProcessStatus::programImage));
  }

  /** What an interpreter was told to run: its first argument that is no option. */
  private static Optional<String> program(Owner process) {
    List<String> words = process.commandLine().orElse(List.of());
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (INLINE_PROGRAM.contains(word)) {
        return Optional.empty();
      }
      if (OPTIONS_WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.startsWith("-")) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }
}
