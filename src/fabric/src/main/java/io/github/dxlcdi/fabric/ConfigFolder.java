package io.github.dxlcdi.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

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
            {%s}=%s
            """;

    private static final String WEB_SOCKETS = """

            [BrokersWebSockets]
            {%s}=%s
            """;

    private ConfigFolder() {}

    static void write(Path folder, Fabric fabric) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ca-bundle.crt"), fabric.caPem());
        Files.writeString(folder.resolve("client.crt"), fabric.certificatePem());
        writeSecret(folder.resolve("client.key"), fabric.privateKeyPem());
        // Last, so that whoever waits for it finds all it names.
        String config = CONFIG.formatted(fabric.brokerId(), fabric.brokerLine());
        if (fabric.hasWebSockets()) {
            config += WEB_SOCKETS.formatted(fabric.brokerId(), fabric.webSocketBrokerLine());
        }
        Files.writeString(folder.resolve("dxlclient.config"), config);
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
