package io.github.dxlcdi.compatibility;

import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A fabric in the JVM of the tests, which the applications on a server know by one {@code dxlclient.config}. */
final class OutsideFabric implements AutoCloseable {
    /** So few that a slow observer soon stops the reading. */
    static final int QUEUE_CAPACITY = 10;

    private final Fabric fabric = Fabric.start();
    private final Path config;
    private final ServerSocket silent;

    OutsideFabric(String name) {
        config = Server.TARGET.resolve("fabrics").resolve(name);
        fabric.writeConfig(config);
        try {
            silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            fabric.close();
            throw new UncheckedIOException(e);
        }
    }

    /** What a server needs to know in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "DXL_FABRIC_EMBEDDED", "false",
                "DXL_CONFIG_FILE", config.resolve("dxlclient.config").toString(),
                "DXL_RECONNECT_DELAY", "100ms",
                "DXL_RECONNECT_MAX_DELAY", "1s",
                "DXL_DELIVERY_QUEUE_CAPACITY", String.valueOf(QUEUE_CAPACITY),
                "DXL_DELIVERY_SHUTDOWN_TIMEOUT", "1s");
    }

    Fabric fabric() {
        return fabric;
    }

    /** Applications that are deployed from now on find a broker that accepts them and never says a word. */
    void nameSilentBroker() {
        Path file = config.resolve("dxlclient.config");
        try {
            Files.writeString(
                    file, Files.readString(file).replace(";" + fabric.port() + ";", ";" + silent.getLocalPort() + ";"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applications that are deployed from now on find this fabric. */
    void nameItself() {
        fabric.writeConfig(config);
    }

    /** Publishes a detection of a file of that name. */
    void publish(String name) {
        fabric.detections()
                .publish(FileDetection.builder()
                        .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                        .detectionTime(Instant.ofEpochSecond(1481301796))
                        .hashes(Hashes.of(Map.of("md5", "eb5e2b9dc51817a086d7b97eb52410ab")))
                        .localReputation(TrustLevel.UNKNOWN)
                        .name(name)
                        .remediationAction(5)
                        .build());
    }

    @Override
    public void close() {
        fabric.close();
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
