package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * WildFly with MicroProfile. Its deployment scanner takes applications from a folder, and says with marker files what
 * came of them.
 */
final class WildFly extends Server {
    private static final Path HOME = Path.of(System.getProperty("wildfly.home", "target/wildfly"));
    private static final String CONFIGURATION = "standalone-microprofile.xml";

    private int managementPort;

    @Override
    protected ProcessBuilder command(Path folder, int port, String jvmOption) throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("configuration"));
        Files.createDirectories(folder.resolve("deployments"));
        try (Stream<Path> files = Files.list(HOME.resolve("standalone/configuration"))) {
            for (Path file : files.toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        Path xml = configuration.resolve(CONFIGURATION);
        Files.writeString(xml, Files.readString(xml).replace("scan-interval=\"5000\"", "scan-interval=\"100\""));
        managementPort = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                HOME.resolve("bin/standalone.sh").toString(),
                "-c",
                CONFIGURATION,
                "-Djboss.server.base.dir=" + folder,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Djboss.management.http.port=" + managementPort);
        builder.environment().put("JAVA_OPTS", jvmOption + " -Djava.net.preferIPv4Stack=true");
        // Otherwise the script would end without the server.
        builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
        return builder;
    }

    @Override
    protected void awaitStarted() {
        await("server is ready").atMost(START_LIMIT).until(() -> process().isAlive() && log().contains("WFLYSRV0025"));
    }

    @Override
    protected void start(String name, Path archive) {
        String file = archive.getFileName().toString();
        String deployment = name + file.substring(file.lastIndexOf('.'));
        try {
            Path copy = Files.copy(archive, folder().resolve(deployment));
            Files.move(copy, deployments().resolve(deployment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(name + " has started").atMost(START_LIMIT).until(() -> {
            assertThat(deployments().resolve(deployment + ".failed")).doesNotExist();
            return Files.exists(deployments().resolve(deployment + ".deployed"));
        });
    }

    @Override
    protected void end(String name) {
        for (String deployment : List.of(name + ".war", name + ".ear")) {
            try {
                if (Files.deleteIfExists(deployments().resolve(deployment + ".deployed"))) {
                    Path undeployed = deployments().resolve(deployment + ".undeployed");
                    await(name + " has stopped").atMost(START_LIMIT).until(() -> Files.exists(undeployed));
                    Files.delete(deployments().resolve(deployment));
                    Files.delete(undeployed);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    URI readinessPage() {
        return URI.create("http://localhost:" + managementPort + "/health/ready");
    }

    /** Without the colours of the console. */
    @Override
    String log() {
        return read(folder().resolve("log/server.log"));
    }

    private Path deployments() {
        return folder().resolve("deployments");
    }
}
