package io.github.dxlcdi.compatibility;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The acceptance application packed in other ways. */
final class Archives {
    private static final String APPLICATION_XML = """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
              <module><web><web-uri>one.war</web-uri><context-root>/one</context-root></web></module>
              <module><web><web-uri>two.war</web-uri><context-root>/two</context-root></web></module>
            </application>
            """;
    private static final String LIBRARIES = "WEB-INF/lib/";

    private Archives() {}

    /** An EAR with the application twice, each with its own JARs. */
    static Path earOfTwo() {
        byte[] war = bytes(Deployed.WAR);
        return write("two-wars.ear", Map.of("one.war", war, "two.war", war));
    }

    /** An EAR with the application twice, without JARs, and these in the EAR's folder lib. */
    static Path earOfTwoWithLibraries() {
        Map<String, byte[]> content = new TreeMap<>();
        libraries().forEach((name, jar) -> content.put("lib/" + name, jar));
        byte[] war = zip(withoutLibraries());
        content.put("one.war", war);
        content.put("two.war", war);
        return write("shared-lib.ear", content);
    }

    /** The JARs of the application, and no class but an observer. */
    static Path warOfAnObserver() {
        String observer = LoneObserver.class.getName().replace('.', '/') + ".class";
        Map<String, byte[]> content = new TreeMap<>();
        content.put("WEB-INF/classes/" + observer, bytes(Server.TARGET.resolve("test-classes/" + observer)));
        libraries().forEach((name, jar) -> content.put(LIBRARIES + name, jar));
        return write("observer.war", content);
    }

    /** The application without its JARs. */
    static Path thinWar() {
        return write("thin.war", withoutLibraries());
    }

    /** A folder with the JARs of the application. */
    static Path folderOfLibraries() {
        try {
            Path folder = Files.createDirectories(Server.TARGET.resolve("archives/lib"));
            for (Map.Entry<String, byte[]> jar : libraries().entrySet()) {
                Files.write(folder.resolve(jar.getKey()), jar.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> libraries() {
        Map<String, byte[]> jars = new TreeMap<>();
        unzip(Deployed.WAR).forEach((name, content) -> {
            if (name.startsWith(LIBRARIES)) {
                jars.put(name.substring(LIBRARIES.length()), content);
            }
        });
        return jars;
    }

    private static Map<String, byte[]> withoutLibraries() {
        Map<String, byte[]> content = unzip(Deployed.WAR);
        content.keySet().removeIf(name -> name.startsWith(LIBRARIES));
        return content;
    }

    private static Path write(String name, Map<String, byte[]> content) {
        Map<String, byte[]> all = new TreeMap<>(content);
        if (name.endsWith(".ear")) {
            all.put("META-INF/application.xml", APPLICATION_XML.getBytes());
        }
        try {
            Path folder = Files.createDirectories(Server.TARGET.resolve("archives"));
            return Files.write(folder.resolve(name), zip(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> unzip(Path archive) {
        Map<String, byte[]> content = new TreeMap<>();
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    content.put(entry.getName(), zip.readAllBytes());
                }
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(Map<String, byte[]> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = bytes;
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
