package io.github.dxlcdi.testing;

import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.tie.FileDetection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a fabric of its own, and its folder for clients. */
public abstract class FabricTest {
    @TempDir
    protected Path folder;

    protected Fabric fabric;

    @BeforeEach
    void startFabric() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        fabric = Fabric.start();
        fabric.writeConfig(folder);
    }

    @AfterEach
    void stopFabric() {
        fabric.close();
    }

    /** An application that is configured for the fabric. */
    protected TestApplication.Starter application() {
        return TestApplication.with(
                "dxl.config-file", folder.resolve("dxlclient.config").toString(), "dxl.reconnect.delay", "50ms");
    }

    /** The topics that were asked for; a client subscribes to that of its answers besides. */
    protected Set<String> topics() {
        Set<String> topics = new TreeSet<>(fabric.subscriptions());
        topics.removeIf(topic -> topic.startsWith("/mcafee/client/"));
        return topics;
    }

    protected void awaitSubscribed() {
        await().until(() -> fabric.subscriptions().contains(FileDetection.TOPIC));
    }
}
