package io.github.dxlcdi.compatibility;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The acceptance application on a server, under a name. */
record Deployed(Server server, String name) {
    static final Path WAR = Path.of(System.getProperty("acceptance.war", "target/acceptance.war"));

    private static final Duration LIMIT = Duration.ofSeconds(30);

    static Deployed on(Server server, String name) {
        server.deploy(name, WAR);
        return new Deployed(server, name);
    }

    /** What its observers have seen, a line each. */
    List<String> observations() {
        return server.get("/" + name + "/observations").lines().toList();
    }

    /** The names of the detections that its first observer has seen. */
    List<String> seen() {
        return observations().stream()
                .filter(line -> line.startsWith("sync "))
                .map(line -> line.split(" ")[1])
                .toList();
    }

    /** The phase of its connection. */
    String phase() {
        return server.get("/" + name + "/connection").split(" ")[0];
    }

    /** Messages that wait for its observers. */
    int queueDepth() {
        return Integer.parseInt(server.get("/" + name + "/connection").split(" ")[1]);
    }

    /** Why it is not connected. */
    String lastError() {
        return server.get("/" + name + "/connection").split(" ", 3)[2];
    }

    void awaitReady() {
        await(name + " is ready").atMost(LIMIT).until(() -> phase().equals("ready"));
    }
}
