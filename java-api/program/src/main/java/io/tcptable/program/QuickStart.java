// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.NativeLibrary;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * What the launcher runs once, so that later starts are quick: {@code start.sh} says what it keeps.
 *
 * <p>The JVM reads the list of all files in the jar that it is told to run, in Java, although its
 * archive of classes holds all that is needed of it: a quarter of what a JVM takes to start. So it
 * is told to run another one, which only names the program's.
 */
public final class QuickStart {

  /** Of the same time whoever writes it: the JVM takes no archive of a jar that has changed. */
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  private static final int REQUEST = 4096;

  private QuickStart() {}

  /** With two files: writes them. Without: runs what people run most, for the JVM to learn. */
  public static void main(String[] args) throws IOException {
    if (args.length == 2) {
      list();
      write(Path.of(args[0]), QuickStart::writeJar);
      write(Path.of(args[1]), NativeLibrary::writeTo);
    } else {
      train();
      forgetLibraryThatDoesNotLoad();
    }
  }

  /** Writes a file, if there is something to write. */
  private interface Writer {
    boolean writeTo(Path file) throws IOException;
  }

  /** In one move, as others may use the one that is there. */
  private static void write(Path file, Writer writer) throws IOException {
    Path made = Path.of(file + "." + ProcessHandle.current().pid());
    if (writer.writeTo(made)) {
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The jar that names {@code program.jar} beside it. */
  private static boolean writeJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, "program.jar");
    attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      ZipEntry entry = new ZipEntry("META-INF/MANIFEST.MF");
      entry.setLastModifiedTime(LONG_AGO);
      jar.putNextEntry(entry);
      manifest.write(jar);
    }
    Files.setLastModifiedTime(file, LONG_AGO);
    return true;
  }

  /** Where nothing may be run from this folder, others are tried at each start. */
  private static void forgetLibraryThatDoesNotLoad() throws IOException {
    String library = System.getProperty(NativeLibrary.PROPERTY);
    if (library != null && !Platforms.access().binding().equals(BindingName.JNI.toString())) {
      Files.deleteIfExists(Path.of(library));
    }
  }

  private static void train() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> serve(listener), "server");
      server.setDaemon(true);
      server.start();
      String port = Integer.toString(listener.getLocalPort());
      run("list", port);
      list();
      run(port);
    }
  }

  private static void list() {
    run("list", "--listen");
  }

  private static void run(String... arguments) {
    Main.run(Terminal.ofProcess(), arguments);
  }

  /** As a healthy server does. */
  private static void serve(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket connection = listener.accept()) {
        InputStream in = connection.getInputStream();
        if (in.read(new byte[REQUEST]) > 0) {
          connection
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        }
      } catch (IOException e) {
        // Of one that only connects; or the end.
      }
    }
  }
}
