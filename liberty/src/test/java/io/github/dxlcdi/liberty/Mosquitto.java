package io.github.dxlcdi.liberty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Eclipse Mosquitto as a process, with mutual TLS: a plain MQTT broker that knows nothing of DXL. */
final class Mosquitto implements AutoCloseable {
    private static final String ID = "{5d73b77f-8c4b-4ae0-b437-febd12facfd4}";

    private final Process process;
    private final Path folder;
    private final int port;

    private Mosquitto(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Starts it on a free port; without the program the test is skipped. The folder has then all that a client needs. */
    static Mosquitto start(Path folder) throws IOException, InterruptedException {
        Path program = Programs.find("mosquitto", "Debian's package mosquitto");
        Files.createDirectories(folder);
        Certificates.write(folder);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path config = Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                require_certificate true
                cafile %2$s/ca-bundle.crt
                certfile %2$s/broker.crt
                keyfile %2$s/broker.key
                log_type all
                """.formatted(port, folder));
        Files.writeString(folder.resolve("dxlclient.config"), """
                [Certs]
                BrokerCertChain=ca-bundle.crt
                CertFile=client.crt
                PrivateKey=client.key

                [Brokers]
                %s
                """.formatted(provisionedLine(port)));
        Path log = folder.resolve("mosquitto.log");
        Process process = new ProcessBuilder(program.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Mosquitto mosquitto = new Mosquitto(process, folder, port);
        await("mosquitto listens").atMost(Duration.ofSeconds(10)).until(() -> {
            assertThat(process.isAlive())
                    .as("mosquitto runs; it wrote: %s", Files.readString(log))
                    .isTrue();
            return mosquitto.listens(port);
        });
        return mosquitto;
    }

    /** The folder with {@code dxlclient.config} and what that names. */
    Path configFolder() {
        return folder;
    }

    /** Its line in a {@code dxlclient.config}, as provisioning writes it. */
    String provisionedLine() {
        return provisionedLine(port);
    }

    private static String provisionedLine(int port) {
        return ID + "=" + ID + ";" + port + ";localhost;127.0.0.1";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS))
                    .as("mosquitto ended")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
