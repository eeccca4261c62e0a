package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenDXL client for Node.js, by other people's hands, as the judge of the fabric's web sockets. */
class NodeWebSocketTest {
    private static final int EVENTS = 10_000;
    private static final Path MODULES = Path.of("target", "node").toAbsolutePath();

    @TempDir
    private Path folder;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(has("node") && has("npm"), "There is no Node.js on this machine");
        Files.createDirectories(MODULES);
        for (String file : List.of("package.json", "echo.cjs")) {
            Files.copy(Path.of("src/test/node", file), MODULES.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(MODULES.resolve("node_modules/@opendxl/dxl-client/package.json"))) {
            Process npm = start("npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
            String output = new String(npm.getInputStream().readAllBytes(), UTF_8);
            assertThat(npm.waitFor()).as(output).isZero();
        }
    }

    @Test
    void ten_thousand_events_go_to_node_and_come_back_in_their_order() throws Exception {
        try (Fabric fabric = Fabric.builder().webSockets(true).start()) {
            Path config = onlyWebSockets(fabric);
            Process node = start("node", "echo.cjs", config.toString(), "/to/node", "/from/node");
            try (BufferedReader output = node.inputReader(UTF_8);
                    DxlClient client = new DxlClient(DxlClientConfig.createDxlConfigFromFile(config.toString()))) {
                String connected = "connected to port " + fabric.webSocketPort();
                CompletableFuture<Boolean> joined =
                        CompletableFuture.supplyAsync(() -> output.lines().anyMatch(connected::equals));
                assertThat(joined.get(60, TimeUnit.SECONDS)).isTrue();
                await().until(() -> fabric.subscriptions().contains("/to/node"));
                ConcurrentLinkedQueue<Integer> back = new ConcurrentLinkedQueue<>();
                client.addEventCallback(
                        "/from/node", event -> back.add(Integer.valueOf(new String(event.getPayload(), UTF_8))));
                client.connect();

                for (int i = 0; i < EVENTS; i++) {
                    Event event = new Event("/to/node");
                    event.setPayload(String.valueOf(i).getBytes(UTF_8));
                    client.sendEvent(event);
                }

                await().atMost(Duration.ofSeconds(60)).until(() -> back.size() >= EVENTS);
                assertThat(back)
                        .containsExactlyElementsOf(
                                IntStream.range(0, EVENTS).boxed().toList());
            } finally {
                node.destroyForcibly().waitFor();
            }
        }
    }

    private Path onlyWebSockets(Fabric fabric) throws IOException {
        fabric.writeConfig(folder);
        Path config = folder.resolve("dxlclient.config");
        String text = Files.readString(config).replace("UseWebSockets=false", "");
        return Files.writeString(config, text.replaceFirst("\\[Brokers]\\R.*\\R", ""));
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(MODULES.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
