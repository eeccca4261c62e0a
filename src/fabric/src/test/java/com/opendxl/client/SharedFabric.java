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
 * One fabric for all tests of the client, one without services of its own, and their clients. After each test the
 * clients are disconnected, and later closed aside. The fabrics last as long as the JVM: where the build has several,
 * each test class is a run of its own.
 */
final class SharedFabric implements BeforeAllCallback, AfterEachCallback {
    private static final Fabric FABRIC = Fabric.start();
    private static final Fabric WITHOUT_SERVICES =
            Fabric.builder().ownServices(false).start();
    private static final Clients CLIENTS = new Clients();

    static Fabric fabric() {
        return FABRIC;
    }

    /** One at which a {@link RegistryOfServices} may stand in for the broker's. */
    static Fabric withoutServices() {
        return WITHOUT_SERVICES;
    }

    static Clients clients() {
        return CLIENTS;
    }

    /** The topics that were asked for; each client subscribes to that of its answers besides. */
    static Set<String> topics() {
        return topics(FABRIC);
    }

    static Set<String> topics(Fabric fabric) {
        Set<String> topics = new TreeSet<>(fabric.subscriptions());
        topics.removeIf(topic -> topic.startsWith("/mcafee/client/"));
        return topics;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(SharedFabric.class))
                .getOrComputeIfAbsent(SharedFabric.class, once -> (AutoCloseable) CLIENTS::closeAside);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        CLIENTS.disconnectAll();
        await().until(() -> FABRIC.connectedClients() == 0 && WITHOUT_SERVICES.connectedClients() == 0);
    }
}
