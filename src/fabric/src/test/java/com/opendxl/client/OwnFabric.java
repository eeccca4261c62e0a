package com.opendxl.client;

import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.FabricBuilder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fabric for the tests of one class, and their clients: as {@link SharedFabric}, where that is not of the right kind. */
final class OwnFabric implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Clients clients = new Clients();
    private final FabricBuilder builder;
    private Fabric fabric;

    OwnFabric(FabricBuilder builder) {
        this.builder = builder;
    }

    Fabric fabric() {
        return fabric;
    }

    Clients clients() {
        return clients;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        fabric = builder.start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        clients.disconnectAll();
        await().until(() -> fabric.connectedClients() == 0);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        clients.close();
        fabric.close();
    }
}
