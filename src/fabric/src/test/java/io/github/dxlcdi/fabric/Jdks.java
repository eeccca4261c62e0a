package io.github.dxlcdi.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** JDKs that are installed beside the one that we run on. */
public final class Jdks {
    private Jdks() {}

    /** A folder whose release file says that it is a JDK of {@code version}. */
    public static Optional<Path> of(int version) {
        Path ours = Path.of(System.getProperty("java.home"));
        try (Stream<Path> siblings = Files.list(ours.getParent())) {
            return siblings.filter(home -> is(home, version)).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean is(Path home, int version) {
        try {
            return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + version)
                    && Files.isExecutable(home.resolve("bin/java"));
        } catch (IOException e) {
            return false;
        }
    }
}
