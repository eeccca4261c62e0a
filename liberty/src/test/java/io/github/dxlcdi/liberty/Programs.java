package io.github.dxlcdi.liberty;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests need, and the folder that they write to. */
public final class Programs {
    /** All that tests write stays under it. */
    public static final Path TARGET = Path.of("target").toAbsolutePath();

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

    /** Runs a program to its end which must be well and within two minutes. */
    public static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Files.createDirectories(TARGET), "program-", ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                fail(command + " failed or didn't end: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
