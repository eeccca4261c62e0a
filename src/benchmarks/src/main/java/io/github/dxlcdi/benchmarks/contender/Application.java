package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Snapshot;
import io.github.dxlcdi.benchmarks.measure.Tally;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small WAR: a servlet for the driver, a bean, and on demand dxl-cdi, all that it brings along, and an observer. */
public final class Application {
    private static final List<Class<?>> SERVLET =
            List.of(CommandServlet.class, ApplicationStart.class, Receiver.class, Tally.class, Snapshot.class);

    private static final List<String> OURS =
            List.of("dxl-client", "dxl-tie", "dxl-cdi", "netty-", "msgpack-", "jackson-jr", "jackson-core");

    private Application() {}

    /**
     * Writes it.
     *
     * @param observing whether it has dxl-cdi
     */
    public static void write(Path war, boolean observing) throws IOException {
        List<Class<?>> classes = new ArrayList<>(SERVLET);
        if (observing) {
            classes.add(DetectionCounter.class);
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (Class<?> each : classes) {
                put(zip, each);
                for (Class<?> nested : each.getDeclaredClasses()) {
                    put(zip, nested);
                }
            }
            if (observing) {
                putLibraries(zip);
            }
        }
    }

    private static void putLibraries(ZipOutputStream zip) throws IOException {
        List<Path> jars = Stream.of(ClassPath.PLAIN.text().split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> OURS.stream().anyMatch(jar.getFileName().toString()::startsWith))
                .toList();
        if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("dxl-cdi"))) {
            throw new IOException("dxl-cdi is no JAR yet; Maven's phase has to be verify");
        }
        for (Path jar : jars) {
            put(zip, "WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
        }
    }

    private static void put(ZipOutputStream zip, Class<?> each) throws IOException {
        String name = each.getName().replace('.', '/') + ".class";
        try (InputStream in = each.getClassLoader().getResourceAsStream(name)) {
            put(zip, "WEB-INF/classes/" + name, in.readAllBytes());
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }
}
