package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The OpenDXL client for Node.js, by other people's hands, joined to a fabric. Installed once per build. */
public final class NodePeer {
    private static final List<String> FILES = List.of("package.json", "serve.cjs", "ask.cjs");
    private static final long PATIENCE_SECONDS = 120;

    private final Path node;
    private final Path folder;
    private final Path config;

    private NodePeer(Path node, Path folder, Path config) {
        this.node = node;
        this.folder = folder;
        this.config = config;
    }

    /** Writes the fabric's configuration to {@code configFolder}; without Node.js the test is skipped. */
    public static synchronized NodePeer join(Fabric fabric, Path configFolder) throws Exception {
        Path node = find("node");
        Path npm = find("npm");
        Path folder = Files.createDirectories(Path.of("target", "node").toAbsolutePath());
        for (String file : FILES) {
            Files.copy(
                    Path.of("src/test/node", file).toAbsolutePath(),
                    folder.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(folder.resolve("node_modules/@opendxl/dxl-client/package.json"))) {
            List<String> command = List.of(
                    npm.toString(), "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
            Process install = start(folder, command);
            String output = new String(install.getInputStream().readAllBytes(), UTF_8);
            if (!install.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || install.exitValue() != 0) {
                fail("npm install failed: " + output);
            }
        }
        fabric.writeConfig(configFolder);
        return new NodePeer(node, folder, configFolder.resolve("dxlclient.config"));
    }

    /** A service in a process of its own. */
    public final class Service implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        private Service(String topic) throws Exception {
            process = start(folder, command("serve.cjs", topic));
            output = process.inputReader(UTF_8);
            expect("registered");
        }

        /** Has it unregister, and waits for the answer to that. */
        public void unregister() throws Exception {
            process.getOutputStream().close();
            expect("unregistered");
        }

        private void expect(String line) throws Exception {
            List<String> lines = new ArrayList<>();
            CompletableFuture<Boolean> said = CompletableFuture.supplyAsync(
                    () -> output.lines().peek(lines::add).anyMatch(line::equals));
            if (!said.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail("Node.js did not say '" + line + "' but " + lines);
            }
        }

        /** Kills it, so that it goes without a word. */
        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
        }
    }

    /** Registers a service that answers each request with what it heard. */
    public Service serve(String topic) throws Exception {
        return new Service(topic);
    }

    /** Sends {@code count} requests at once; what came: {@code answers}, each text and how often, and {@code errors}. */
    public Map<String, Object> ask(String topic, int count, String payload) throws Exception {
        Process process = start(folder, command("ask.cjs", topic, String.valueOf(count), payload));
        try {
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
            return JSON.std.mapFrom(output.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String read(Process process) {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            // The client logs to the same output.
            List<String> lines = output.lines().toList();
            return lines.stream()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Node.js said only " + lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(node.toString(), script, config.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static Path find(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> {
                    String missing = "No program '" + program + "' on this machine; it comes with Node.js";
                    if ("true".equals(System.getenv("CI"))) {
                        fail(missing);
                    }
                    return Assumptions.abort(missing);
                });
    }
}
