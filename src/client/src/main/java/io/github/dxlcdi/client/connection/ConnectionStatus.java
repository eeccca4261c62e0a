package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.BrokerAddress;
import java.time.Instant;

/**
 * How the connection stands, for whoever asks from another thread.
 *
 * @param phase what it is doing
 * @param since since when
 * @param broker the broker of a ready connection, else null
 * @param lastError why the last try failed or the last connection was lost, until there is one again; null: nothing failed
 */
public record ConnectionStatus(Phase phase, Instant since, BrokerAddress broker, String lastError) {

    /** What a connection is doing. */
    public enum Phase {
        /** Nobody has asked it to connect, or it was disconnected on purpose. */
        IDLE,
        /** It looks for a broker, or pauses between two passes. */
        CONNECTING,
        /** Connected, and every subscription confirmed. */
        READY,
        /** The broker is gone; whether it is looked for again is the client's decision. */
        LOST,
        /** Closed for good. */
        CLOSED
    }

    static ConnectionStatus idle(String lastError) {
        return new ConnectionStatus(Phase.IDLE, Instant.now(), null, lastError);
    }

    static ConnectionStatus connecting(ConnectionStatus before) {
        Instant since = before.phase() == Phase.LOST ? before.since() : Instant.now();
        return new ConnectionStatus(Phase.CONNECTING, since, null, before.lastError());
    }

    static ConnectionStatus failed(ConnectionStatus before, String error) {
        return new ConnectionStatus(before.phase(), before.since(), before.broker(), error);
    }

    static ConnectionStatus ready(BrokerAddress broker, Instant now) {
        return new ConnectionStatus(Phase.READY, now, broker, null);
    }

    static ConnectionStatus lost(String reason) {
        return new ConnectionStatus(Phase.LOST, Instant.now(), null, reason);
    }

    static ConnectionStatus closed() {
        return new ConnectionStatus(Phase.CLOSED, Instant.now(), null, null);
    }
}
