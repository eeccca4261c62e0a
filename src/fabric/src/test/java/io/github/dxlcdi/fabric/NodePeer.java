package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The OpenDXL client for Node.js, by other people's hands, joined to a fabric. Installed once in each JVM of a build. */
public final class NodePeer {
    private static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();
    private static final Path FOLDER =
            Path.of("target/node", System.getProperty("test.jvm", "1")).toAbsolutePath();
    private static final long PATIENCE_SECONDS = 120;

    private final Path node;
    private final Path config;

    private NodePeer(Path node, Path config) {
        this.node = node;
        this.config = config;
    }

    /** Writes the fabric's configuration to {@code configFolder}; without Node.js the test is skipped. */
    public static NodePeer join(Fabric fabric, Path configFolder) throws Exception {
        fabric.writeConfig(configFolder);
        return with(configFolder.resolve("dxlclient.config"));
    }

    /** With a configuration that there is, or will be by the time it is used. Without Node.js the test is skipped. */
    public static synchronized NodePeer with(Path config) throws Exception {
        Path node = Programs.find("node", "Node.js");
        Path npm = Programs.find("npm", "Node.js");
        Files.createDirectories(FOLDER);
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            for (Path script : scripts.toList()) {
                Files.copy(script, FOLDER.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (Files.notExists(FOLDER.resolve("node_modules/@opendxl/dxl-client/package.json"))) {
            List<String> command = List.of(
                    npm.toString(), "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
            Process install = start(command);
            String output = new String(install.getInputStream().readAllBytes(), UTF_8);
            if (!install.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || install.exitValue() != 0) {
                fail("npm install failed: " + output);
            }
        }
        return new NodePeer(node, config);
    }

    /** A script in a process of its own. */
    public final class Script implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        private Script(String name, String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(node.toString(), name, config.toString()));
            command.addAll(List.of(arguments));
            process = start(command);
            output = process.inputReader(UTF_8);
        }

        /** Waits for a line; the client logs to the same output, so there may be others before it. */
        public Script expect(String line) throws Exception {
            awaitLine(line);
            return this;
        }

        /** Waits for a line that begins so, and returns it. */
        private String awaitLine(String beginning) throws Exception {
            List<String> lines = new ArrayList<>();
            CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> output.lines()
                    .peek(lines::add)
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .orElse(null));
            String line = said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                fail("Node.js did not say '" + beginning + "' but " + lines);
            }
            return line;
        }

        /** Ends its input, and waits for what it says to that. */
        public void end(String line) throws Exception {
            process.getOutputStream().close();
            expect(line);
        }

        /** Kills it, so that it goes without a word. */
        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
        }
    }

    /** Registers a service that answers each request with what it heard; at the end it is {@code unregistered}. */
    public Script serve(String topic) throws Exception {
        return new Script("serve.cjs", topic).expect("registered");
    }

    /** Sends each event of one topic back on another; first it says {@code connected to port}, and to which. */
    public Script echo(String topic, String backTopic) throws Exception {
        return new Script("echo.cjs", topic, backTopic);
    }

    /** Sends {@code count} requests at once; what came: {@code answers}, each text and how often, and {@code errors}. */
    public Map<String, Object> ask(String topic, int count, String payload) throws Exception {
        return run("ask.cjs", topic, String.valueOf(count), payload);
    }

    /** Runs a script to its end, and returns the JSON object that it writes in a line. */
    public Map<String, Object> run(String script, String... arguments) throws Exception {
        try (Script running = new Script(script, arguments)) {
            String json = running.awaitLine("{\"");
            if (!running.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                fail(script + " didn't end");
            }
            return JSON.std.mapFrom(json);
        }
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
    }
}
