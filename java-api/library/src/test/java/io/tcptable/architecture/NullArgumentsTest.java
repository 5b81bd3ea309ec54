// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthProbe;
import io.tcptable.restart.PortDrop;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.PortWait;
import io.tcptable.watch.TcpWatch;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No method that a user can call takes null: it is an error at once, which names the argument, and
 * not a failure later and elsewhere.
 */
class NullArgumentsTest {

  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]*");

  private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

  private static ServerSocket listener;

  @BeforeAll
  static void takeSamples() throws IOException, NoSuchAlgorithmException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    TcpTable table = TcpTable.snapshot(listener.getLocalPort());
    OsProcess self = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
    Stream.of(
            table,
            table.get(0),
            table.changesSince(table),
            self,
            self.hold().orElseThrow(),
            TcpQuery.all(),
            Endpoint.of(InetAddress.getLoopbackAddress(), 3001),
            HealthProbe.of(3001),
            PortDiagnosis.request(3001),
            PortRestart.free(listener.getLocalPort()),
            PortDrop.of(3001),
            PortWait.untilFree(3001),
            TcpWatch.of(TcpQuery.all()),
            Path.of("/"),
            URI.create("http://127.0.0.1/"),
            Duration.ofSeconds(1),
            Instant.EPOCH,
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            "127.0.0.1:3001",
            new Object())
        .forEach(sample -> SAMPLES.put(sample.getClass(), sample));
    SAMPLES.put(Path.class, Path.of("/"));
    SAMPLES.put(InetAddress.class, InetAddress.getLoopbackAddress());
    SAMPLES.put(ProtocolFamily.class, StandardProtocolFamily.INET);
    SAMPLES.put(SSLContext.class, SSLContext.getDefault());
    SAMPLES.put(List.class, List.of());
    SAMPLES.put(Set.class, Set.of());
    SAMPLES.put(Map.class, Map.of());
    SAMPLES.put(int.class, 3001);
    SAMPLES.put(long.class, 3001L);
    SAMPLES.put(boolean.class, false);
  }

  @AfterAll
  static void close() throws IOException {
    listener.close();
  }

  @Test
  void isAnErrorThatNamesTheArgument() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Executable callable : callables()) {
      Class<?>[] types = callable.getParameterTypes();
      for (int i = 0; i < types.length; i++) {
        if (!types[i].isPrimitive()) {
          @Nullable Object[] arguments = othersThan(i, types);
          check(callable, arguments, "argument " + i, wrong);
          tried++;
          if (types[i].isArray() && !types[i].getComponentType().isPrimitive()) {
            arguments[i] = Array.newInstance(types[i].getComponentType(), 1);
            check(callable, arguments, "element of argument " + i, wrong);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tried).isGreaterThan(60);
  }

  private static @Nullable Object[] othersThan(int missing, Class<?>[] types) {
    @Nullable Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = i == missing ? null : sample(types[i]);
    }
    return arguments;
  }

  private static List<Executable> callables() {
    return ExportedTypes.all()
        .filter(type -> !type.isInterface() && !Throwable.class.isAssignableFrom(type))
        .flatMap(
            type ->
                Stream.<Executable>concat(
                    Arrays.stream(type.getConstructors()).filter(it -> isForUsers(type)),
                    Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> !method.isSynthetic() && !type.isEnum())
                        .filter(method -> !method.getName().equals("equals"))))
        .toList();
  }

  /** Records but one are answers, which only the library makes. */
  private static boolean isForUsers(Class<?> type) {
    return !type.isRecord() || type == ListenAddress.class;
  }

  private static Object sample(Class<?> type) {
    Object known = SAMPLES.get(type);
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    if (type.isRecord()) {
      return made(type);
    }
    if (type.getSimpleName().equals("Builder")) {
      return called(type.getEnclosingClass(), "builder", null);
    }
    if (Arrays.stream(type.getMethods()).anyMatch(it -> it.getName().equals("builder"))) {
      Object builder = called(type, "builder", null);
      return called(builder.getClass(), "build", builder);
    }
    if (type.isInterface()) {
      return Proxy.newProxyInstance(
          type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }
    throw new IllegalStateException("no sample of " + type);
  }

  private static Object made(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types)
          .newInstance(Arrays.stream(types).map(NullArgumentsTest::sample).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sample of " + type, e);
    }
  }

  private static Object called(Class<?> type, String name, @Nullable Object receiver) {
    try {
      Method method =
          Arrays.stream(type.getMethods())
              .filter(it -> it.getName().equals(name))
              .findFirst()
              .orElseThrow();
      return method.invoke(
          receiver,
          Arrays.stream(method.getParameterTypes()).map(NullArgumentsTest::sample).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sample of " + type, e);
    }
  }

  private static void check(
      Executable callable, @Nullable Object[] arguments, String which, List<String> wrong) {
    String what = callable.toGenericString() + ", " + which + ": ";
    try {
      call(callable, arguments);
      wrong.add(what + "accepted");
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (!(thrown instanceof NullPointerException)
          || thrown.getMessage() == null
          || !NAME.matcher(thrown.getMessage()).matches()) {
        wrong.add(what + thrown);
      }
    }
  }

  private static void call(Executable callable, @Nullable Object[] arguments)
      throws InvocationTargetException {
    try {
      if (callable instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        Method method = (Method) callable;
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        method.invoke(isStatic ? null : sample(method.getDeclaringClass()), arguments);
      }
    } catch (IllegalAccessException | InstantiationException e) {
      throw new IllegalStateException(e);
    }
  }
}
