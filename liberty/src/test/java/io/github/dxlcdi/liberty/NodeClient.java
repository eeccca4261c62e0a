package io.github.dxlcdi.liberty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The OpenDXL client for Node.js, an implementation that shares nothing with this one. Installed once per build. */
final class NodeClient {
    private static final Path SOURCE = Path.of("src/test/node").toAbsolutePath();

    private final Path node;
    private final Path folder;

    private NodeClient(Path node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /** Installs it under target/; without Node.js the test is skipped. */
    static NodeClient install() throws IOException, InterruptedException {
        Path node = Programs.find("node", "Node.js");
        Path npm = Programs.find("npm", "Node.js");
        Path folder = Files.createDirectories(Programs.TARGET.resolve("node"));
        for (String file : List.of("package.json", "publish.cjs")) {
            Files.copy(SOURCE.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(folder.resolve("node_modules/@opendxl/dxl-client/package.json"))) {
            Programs.run(
                    folder,
                    List.of(
                            npm.toString(),
                            "install",
                            "--no-package-lock",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund"));
        }
        return new NodeClient(node, folder);
    }

    /** Publishes a payload on a topic, and returns when it has been written to the broker. */
    void publish(Path configFolder, String topic, JsonNode payload) throws IOException, InterruptedException {
        Path file = folder.resolve("payload.json");
        Files.write(file, new ObjectMapper().writeValueAsBytes(payload));
        Programs.run(
                folder,
                List.of(
                        node.toString(),
                        "publish.cjs",
                        configFolder.resolve("dxlclient.config").toString(),
                        topic,
                        file.toString()));
    }

    /** Provisions a folder, as an administrator would: {@code dxlclient provisionconfig folder host commonName}. */
    void provision(Path configFolder, ManagementService service, String commonName)
            throws IOException, InterruptedException {
        Programs.run(
                folder,
                List.of(
                        node.toString(),
                        "node_modules/.bin/dxlclient",
                        "provisionconfig",
                        configFolder.toString(),
                        "localhost",
                        commonName,
                        "-u",
                        ManagementService.USER,
                        "-p",
                        ManagementService.PASSWORD,
                        "-t",
                        String.valueOf(service.port())));
    }
}
