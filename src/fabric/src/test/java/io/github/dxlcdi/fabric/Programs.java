package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests need. */
public final class Programs {
    private Programs() {}

    /** The program; where it is missing the test is skipped, or fails if the environment says {@code CI=true}. */
    public static Path find(String name, String toInstall) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> {
                    String missing = "No program '" + name + "' on this machine; it comes with " + toInstall;
                    if ("true".equals(System.getenv("CI"))) {
                        fail(missing);
                    }
                    return Assumptions.abort(missing);
                });
    }
}
