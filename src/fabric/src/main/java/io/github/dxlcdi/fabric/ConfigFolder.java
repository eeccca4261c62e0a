package io.github.dxlcdi.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the folder that DXL clients are provisioned with: {@code dxlclient.config} and the files that it names. */
final class ConfigFolder {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String CONFIG = """
            [General]
            UseWebSockets=false

            [Certs]
            BrokerCertChain=ca-bundle.crt
            CertFile=client.crt
            PrivateKey=client.key

            [Brokers]
            """;

    private static final String WEB_SOCKETS = """

            [BrokersWebSockets]
            """;

    private ConfigFolder() {}

    static void write(Path folder, Fabric fabric) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ca-bundle.crt"), fabric.caPem());
        Files.writeString(folder.resolve("client.crt"), fabric.certificatePem());
        writeSecret(folder.resolve("client.key"), fabric.privateKeyPem());
        // Last, so that whoever waits for it finds all it names.
        Files.writeString(
                folder.resolve("dxlclient.config"),
                CONFIG + lines(fabric, FabricBroker::line) + webSocketLines(fabric));
    }

    private static String webSocketLines(Fabric fabric) {
        return fabric.hasWebSockets() ? WEB_SOCKETS + lines(fabric, FabricBroker::webSocketLine) : "";
    }

    private static String lines(Fabric fabric, Function<FabricBroker, String> line) {
        return fabric.brokers().stream()
                .map(broker -> "{" + broker.id() + "}=" + line.apply(broker) + "\n")
                .collect(Collectors.joining());
    }

    /** A new file: an old one would keep its permissions, and one that is made first and locked then can be read between. */
    private static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, OWNER_ONLY);
        }
        Files.writeString(file, text);
    }
}
