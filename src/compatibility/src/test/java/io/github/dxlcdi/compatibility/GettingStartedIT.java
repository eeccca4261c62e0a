package io.github.dxlcdi.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page docs/getting-started.md, followed to the letter but for the ports. */
class GettingStartedIT {
    private static final Path WAR = Path.of(System.getProperty("quarantine.war"));
    private static final Path SERVER_XML = Path.of("../getting-started/src/main/liberty/config/server.xml");
    private static final Path PAGE = Path.of("../../docs/getting-started.md");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final int port = freePort();

    @Test
    void on_open_liberty_the_observer_prints_what_the_page_says() throws Exception {
        Path folder = Server.TARGET.resolve("servers/getting-started");
        Path server = folder.resolve("servers/quarantine");
        Files.createDirectories(server.resolve("apps"));
        Files.copy(WAR, server.resolve("apps/quarantine.war"), StandardCopyOption.REPLACE_EXISTING);
        String config = Files.readString(SERVER_XML);
        assertThat(config).contains("9080");
        Files.writeString(server.resolve("server.xml"), config.replace("9080", String.valueOf(port)));
        ProcessBuilder liberty = new ProcessBuilder(
                OpenLiberty.HOME.resolve("bin/server").toAbsolutePath().toString(), "run", "quarantine");
        liberty.environment().put("WLP_USER_DIR", folder.toString());

        rehearse(liberty);
    }

    @Test
    void on_payara_micro_the_observer_prints_what_the_page_says() throws Exception {
        String command = onPage("java -jar target/payara-micro-.*");
        assertThat(command).contains("target/" + PayaraMicro.JAR.getFileName() + " ", "--port 8080 ");
        List<String> words =
                List.of(command.replace("target/" + PayaraMicro.JAR.getFileName(), PayaraMicro.JAR.toString())
                        .replace("8080", String.valueOf(port))
                        .replace("target/quarantine.war", WAR.toString())
                        .replaceFirst("^java", Server.JAVA.toString())
                        .split(" "));

        rehearse(new ProcessBuilder(words));
    }

    private void rehearse(ProcessBuilder builder) throws Exception {
        String printed = onPage("Quarantine: .*");
        Path console = Files.createTempFile(Server.TARGET, "getting-started-", ".log");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process server = builder.redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        try {
            await("the rehearsal is accepted").atMost(START_LIMIT).until(() -> {
                assertThat(server.isAlive())
                        .as("server runs; it wrote: %s", console)
                        .isTrue();
                return rehearsal() == 200;
            });
            await("the observer prints")
                    .until(() -> Files.readString(console, UTF_8).contains(printed));
        } finally {
            List<ProcessHandle> all = Stream.concat(Stream.of(server.toHandle()), server.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroy);
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    private int rehearsal() {
        try {
            var connection = (HttpURLConnection) URI.create("http://localhost:" + port + "/quarantine/rehearsal")
                    .toURL()
                    .openConnection();
            connection.setRequestMethod("POST");
            connection.setReadTimeout(10_000);
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String onPage(String line) throws IOException {
        return Pattern.compile("(?m)^" + line + "$")
                .matcher(Files.readString(PAGE))
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no line " + line))
                .group();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
