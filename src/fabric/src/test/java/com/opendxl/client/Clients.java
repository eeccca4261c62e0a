package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.FabricBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The clients of a test class: disconnected after each test and closed together at the end. */
final class Clients implements AutoCloseable {
    private final List<DxlClient> all = new CopyOnWriteArrayList<>();

    /** The configuration that {@code fabric} writes, with short pauses and one pass over the brokers. */
    static DxlClientConfig config(Fabric fabric, Path folder) throws DxlException {
        fabric.writeConfig(folder);
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(
                folder.resolve("dxlclient.config").toString());
        config.setConnectRetries(0);
        config.setReconnectDelay(50);
        config.setReconnectDelayMax(200);
        return config;
    }

    /** The broker of {@code fabric} that a client is connected to. */
    static FabricBroker brokerInUse(Fabric fabric, DxlClient client) {
        int port = client.getCurrentBroker().getPort();
        return fabric.brokers().stream()
                .filter(broker -> broker.port() == port)
                .findFirst()
                .orElseThrow();
    }

    DxlClient make(DxlClientConfig config) throws DxlException {
        DxlClient client = new DxlClient(config);
        all.add(client);
        return client;
    }

    DxlClient connected(DxlClientConfig config) throws DxlException {
        DxlClient client = make(config);
        client.connect();
        return client;
    }

    void disconnectAll() throws DxlException {
        for (DxlClient client : all) {
            client.disconnect();
        }
    }

    @Override
    public void close() {
        closeAside().forEach(CompletableFuture::join);
    }

    /** Closes them, and waits for none. */
    List<CompletableFuture<Void>> closeAside() {
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (DxlClient client : all) {
            closing.add(closeAside(client));
        }
        all.clear();
        return closing;
    }

    static CompletableFuture<Void> closeAside(DxlClient client) {
        return inBackground(() -> {
            client.close();
            return null;
        });
    }

    /** Calls something that waits. */
    static <T> CompletableFuture<T> inBackground(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** For callbacks, which can't throw: waits for the latch, or until the thread is interrupted. */
    static void awaitUnlessInterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
