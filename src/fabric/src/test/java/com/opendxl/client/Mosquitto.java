package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.Programs;
import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Eclipse Mosquitto as a process, with mutual TLS: a plain MQTT broker, by other people's hands, that knows nothing of DXL. */
final class Mosquitto implements AutoCloseable {
    private static final Authority AUTHORITY = new Authority();
    private static final Identity BROKER =
            AUTHORITY.issueBroker("mosquitto", Authority.makeKey().join());
    private static final Identity CLIENT =
            AUTHORITY.issueClient("client", Authority.makeKey().join());

    private final Path program;
    private final Path folder;
    private final int port;
    private Process process;

    /** Starts it on a free port; without the program the test is skipped. */
    Mosquitto(Path folder) throws IOException {
        this.program = Programs.find("mosquitto", "Debian's package mosquitto");
        this.folder = folder;
        this.port = ScriptedBroker.deadPort();
        Files.writeString(folder.resolve("ca.crt"), Identity.pem(AUTHORITY.certificate()));
        Files.writeString(folder.resolve("broker.crt"), BROKER.certificatePem());
        Files.writeString(folder.resolve("broker.key"), BROKER.privateKeyPem());
        Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                require_certificate true
                use_identity_as_username true
                cafile %2$s/ca.crt
                certfile %2$s/broker.crt
                keyfile %2$s/broker.key
                set_tcp_nodelay true
                max_queued_messages 0
                # Where root starts it: as another user it could not read the folder.
                user root
                """.formatted(port, folder));
        start();
    }

    /** Starts it again after {@link #kill()}, on the same port. */
    void start() throws IOException {
        Path log = folder.resolve("mosquitto.log");
        process = new ProcessBuilder(
                        program.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("mosquitto listens").atMost(Duration.ofSeconds(10)).until(() -> {
            assertThat(process.isAlive())
                    .as("mosquitto runs; it wrote: %s", Files.readString(log))
                    .isTrue();
            return listens();
        });
    }

    /** Whether it runs. */
    boolean isUp() {
        return process.isAlive();
    }

    /** Ends it without a word to its clients. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    Broker broker() {
        return new Broker("mosquitto", port, "127.0.0.1", null);
    }

    /** A client's configuration, with short pauses and one pass. */
    DxlClientConfig config() {
        DxlClientConfig config = new DxlClientConfig(
                Identity.pem(AUTHORITY.certificate()),
                CLIENT.certificatePem(),
                CLIENT.privateKeyPem(),
                List.of(broker()));
        config.setConnectRetries(0);
        config.setReconnectDelay(50);
        config.setReconnectDelayMax(200);
        return config;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
