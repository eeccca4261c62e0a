package com.opendxl.client;

import io.github.dxlcdi.client.spi.FabricConnection;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what is told of a connection. */
final class Outages implements FabricConnection.Listener {
    /** One loss. */
    record Loss(String broker, Instant lastHeard, Instant told, String reason) {}

    final List<String> order = new CopyOnWriteArrayList<>();
    final List<Instant> ready = new CopyOnWriteArrayList<>();
    final List<Loss> losses = new CopyOnWriteArrayList<>();

    @Override
    public void ready(String broker, Instant at) {
        order.add("ready");
        ready.add(at);
    }

    @Override
    public void lost(String broker, Instant lastHeard, String reason) {
        order.add("lost");
        losses.add(new Loss(broker, lastHeard, Instant.now(), reason));
    }

    @Override
    public void unreadable(String topic, byte[] body, IOException cause) {
        order.add("unreadable");
    }
}
