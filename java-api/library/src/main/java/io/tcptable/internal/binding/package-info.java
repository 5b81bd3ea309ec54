// SPDX-License-Identifier: Apache-2.0
/**
 * The system calls: one interface per operating system, each method one call under its manual name.
 *
 * <pre>
 * LinuxCalls, WindowsCalls       the interfaces, which the rooms of the systems use
 * BindingName                    the bindings that there are, best first
 * BindingSelection               takes the first one that loads, and says why not a better one
 * ffm, jni, jna, jnr             the providers; each knows the interfaces and nothing else
 * CallBuffer, SystemCall         what providers and callers share: buffers, numbers of system calls
 * Win32, Win32Calls,
 * WindowsLibraries               what jna and jnr share
 * NativeLibrary, NativePlatform,
 * PrivateDirectory, BpfIterator,
 * BpfStateChanges                load the library of tcptable-native
 * </pre>
 *
 * <p>A provider is found by its class name, so that this package knows no provider, and a missing
 * library costs one reason instead of an error.
 *
 * <p>From Java 24 on, the JDK warns of native access that was not enabled. On the class path that
 * is {@code --enable-native-access=ALL-UNNAMED} for each provider; on the module path, {@code
 * io.tcptable} for FFM and JNI, {@code com.sun.jna} for JNA, {@code org.jnrproject.jffi} for
 * jnr-ffi. The latter also wants {@code --add-modules ALL-MODULE-PATH}, {@code --add-exports
 * io.tcptable/io.tcptable.internal.binding.jnr=ALL-UNNAMED}, and on Java 24 and later {@code
 * --sun-misc-unsafe-memory-access=allow} to be quiet. {@code tcptable-native} is the module {@code
 * io.tcptable.natives}: it can be left out, so {@code io.tcptable} does not require it, but uses a
 * service that it provides, which brings it in. {@code META-INF/services} names the providers for
 * tools that make a jar smaller; nothing loads them by it.
 */
@NullMarked
package io.tcptable.internal.binding;

import org.jspecify.annotations.NullMarked;
