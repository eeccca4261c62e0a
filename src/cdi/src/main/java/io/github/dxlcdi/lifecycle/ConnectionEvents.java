package io.github.dxlcdi.lifecycle;

import io.github.dxlcdi.DxlConnected;
import io.github.dxlcdi.DxlConnected.Gap;
import io.github.dxlcdi.DxlDisconnected;
import io.github.dxlcdi.delivery.Delivery;
import java.time.Instant;
import java.util.Optional;

/** Turns what the client tells of its connection into events of the application. Called on the client's threads. */
final class ConnectionEvents implements ClientExtras.ConnectionListener {
    private final Delivery delivery;
    private final ControlLane lane;
    private Instant gapStart;

    ConnectionEvents(Delivery delivery, ControlLane lane) {
        this.delivery = delivery;
        this.lane = lane;
    }

    @Override
    public synchronized void ready(String broker, Instant at) {
        Optional<Gap> gap = Optional.ofNullable(gapStart).map(from -> new Gap(from, at));
        gapStart = null;
        lane.execute(() -> delivery.tell(new DxlConnected(broker, at, gap)));
    }

    @Override
    public synchronized void lost(String broker, Instant lastHeard, String reason) {
        gapStart = lastHeard;
        lane.execute(() -> delivery.tell(new DxlDisconnected(broker, lastHeard, reason)));
    }

    @Override
    public void unreadable(String topic, byte[] body, Exception cause) {
        delivery.unreadable(topic, body, cause);
    }
}
