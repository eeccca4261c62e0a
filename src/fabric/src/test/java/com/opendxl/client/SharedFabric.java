package com.opendxl.client;

import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.Fabric;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * One fabric for all tests of the client, and its clients: both take a second to close. After each test the clients are
 * disconnected, after the last one closed.
 */
final class SharedFabric implements BeforeAllCallback, AfterEachCallback {
    private static final Fabric FABRIC = Fabric.start();
    private static final Clients CLIENTS = new Clients();

    static Fabric fabric() {
        return FABRIC;
    }

    static Clients clients() {
        return CLIENTS;
    }

    /** The topics that were asked for; each client subscribes to that of its answers besides. */
    static Set<String> topics() {
        Set<String> topics = new TreeSet<>(FABRIC.subscriptions());
        topics.removeIf(topic -> topic.startsWith("/mcafee/client/"));
        return topics;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(SharedFabric.class))
                .getOrComputeIfAbsent(SharedFabric.class, once -> (AutoCloseable) () -> {
                    CLIENTS.close();
                    FABRIC.close();
                });
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        CLIENTS.disconnectAll();
        await().until(() -> FABRIC.connectedClients() == 0);
    }
}
