// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.windows.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the jar tells GraalVM holds against what is in the jar. */
class MetadataIT {

  private static final String FILE =
      "META-INF/native-image/io.tcptable/tcptable/reachability-metadata.json";

  private static final Map<String, String> C_TYPES =
      Map.of("int", "jint", "long", "jlong", "MemorySegment", "void*", "void", "void");

  private final JsonNode metadata = metadata();

  private static JsonNode metadata() {
    try (InputStream json = LinuxCalls.class.getClassLoader().getResourceAsStream(FILE)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(json));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** All classes, and the interfaces that JNA implements by proxies. */
  private List<String> types() {
    return each(metadata.get("reflection"))
        .map(reflection -> reflection.get("type"))
        .map(type -> type.isTextual() ? type : type.get("proxy").get(0))
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void hasNothingThatTheSchemaDoesNotKnow() {
    assertThat(metadata.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("comment", "reflection", "resources", "foreign");
  }

  @Test
  void everyTypeExists() throws IOException {
    try (ZipFile jar = new ZipFile(ForkedJvm.tcptable())) {
      boolean hasFfm = BindingName.FFM.leftOut().isEmpty();
      assertThat(types())
          .isNotEmpty()
          .allSatisfy(
              type -> {
                String file = type.replace('.', '/') + ".class";
                assertThat(
                        Stream.of(file, "META-INF/versions/22/" + file)
                            .filter(name -> jar.getEntry(name) != null))
                    .hasSize(hasFfm || !type.contains(".ffm.") ? 1 : 0);
              });
    }
  }

  @Test
  void everyProviderCanBeMade() {
    List<String> made =
        each(metadata.get("reflection"))
            .filter(type -> type.has("methods"))
            .filter(type -> type.get("methods").get(0).get("name").asText().equals("<init>"))
            .map(type -> type.get("type").asText())
            .toList();
    assertThat(made)
        .containsExactlyElementsOf(
            Stream.of(LinuxCalls.class, WindowsCalls.class)
                .flatMap(seam -> BindingName.providers(seam).values().stream())
                .toList());
  }

  /** Whatever has native methods is bound by name: by our library, or by JNA. */
  @Test
  void everyClassWithNativesIsNamed() throws Exception {
    Set<String> named =
        each(metadata.get("reflection"))
            .filter(type -> type.path("jniAccessible").asBoolean())
            .map(type -> type.get("type").asText())
            .collect(Collectors.toSet());
    assertThat(named).isEqualTo(classesWithNatives());
  }

  private static Set<String> classesWithNatives() throws Exception {
    Set<String> classes = new TreeSet<>();
    try (ZipFile jar = new ZipFile(ForkedJvm.tcptable())) {
      List<String> names =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith("io/tcptable/internal/") && name.endsWith(".class"))
              .map(name -> name.replace(".class", "").replace('/', '.'))
              .filter(name -> !name.endsWith("package-info"))
              .toList();
      for (String name : names) {
        boolean hasNatives =
            Arrays.stream(
                    Class.forName(name, false, LinuxCalls.class.getClassLoader())
                        .getDeclaredMethods())
                .anyMatch(method -> Modifier.isNative(method.getModifiers()));
        if (hasNatives) {
          classes.add(name);
        }
      }
    }
    return classes;
  }

  @Test
  void everyFileOfTheNativeJarIsNamed() throws IOException {
    List<PathMatcher> globs =
        each(metadata.get("resources"))
            .map(resource -> "glob:" + resource.get("glob").asText())
            .map(FileSystems.getDefault()::getPathMatcher)
            .toList();
    try (ZipFile jar = new ZipFile(ForkedJvm.tcptableNative())) {
      List<Path> files =
          jar.stream()
              .filter(entry -> !entry.isDirectory())
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith("META-INF/native/"))
              .map(Path::of)
              .toList();
      assertThat(files)
          .hasSizeGreaterThan(1)
          .allMatch(file -> globs.stream().anyMatch(glob -> glob.matches(file)));
    }
  }

  /** The handles' types do not show what is variadic: it is what their names say. */
  @Test
  @Tag("since-22")
  void everyDowncallIsNamed() throws Exception {
    // Of our own library, whose results are the errno.
    Set<String> made =
        new TreeSet<>(Set.of("jint[jint] without errno", "jint[void*] without errno"));
    Class<?> linux = Class.forName("io.tcptable.internal.binding.ffm.FfmLinuxCalls");
    for (Field field : fieldsWithin(linux)) {
      if (field.getType() == MethodHandle.class) {
        field.setAccessible(true);
        MethodType type = ((MethodHandle) field.get(null)).type();
        made.add(signature(type, field.getName().startsWith("SYSCALL")));
      }
    }
    WindowsCalls windows = StandIn.ffm();
    for (Field field : windows.getClass().getDeclaredFields()) {
      if (field.getType() == MethodHandle.class) {
        field.setAccessible(true);
        made.add(signature(((MethodHandle) field.get(windows)).type(), false));
      }
    }
    assertThat(made).hasSizeGreaterThan(5);
    List<String> named = new ArrayList<>();
    each(metadata.get("foreign").get("downcalls")).forEach(call -> named.add(signature(call)));
    assertThat(named).containsExactlyInAnyOrderElementsOf(made);
  }

  /** Of it and of the classes in it, which link what is seldom called. */
  private static List<Field> fieldsWithin(Class<?> type) {
    return Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
        .flatMap(one -> Arrays.stream(one.getDeclaredFields()))
        .toList();
  }

  /** Without the first parameter, which is where errno goes. */
  private static String signature(MethodType type, boolean variadic) {
    return C_TYPES.get(type.returnType().getSimpleName())
        + type.parameterList().stream()
            .skip(1)
            .map(parameter -> C_TYPES.get(parameter.getSimpleName()))
            .toList()
        + (variadic ? " variadic from 1" : "");
  }

  private static String signature(JsonNode call) {
    boolean ours = call.get("reason").asText().startsWith("tcptable_");
    assertThat(call.path("options").path("captureCallState").asBoolean()).isNotEqualTo(ours);
    JsonNode variadic = call.path("options").path("firstVariadicArg");
    return call.get("returnType").asText()
        + each(call.get("parameterTypes")).map(JsonNode::asText).toList()
        + (variadic.isMissingNode() ? "" : " variadic from " + variadic.asInt())
        + (ours ? " without errno" : "");
  }
}
