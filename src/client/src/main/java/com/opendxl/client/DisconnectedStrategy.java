package com.opendxl.client;

/** What a client does when its connection is lost, other than by {@code disconnect()} or {@code close()}. */
@FunctionalInterface
public interface DisconnectedStrategy {
    /** Called after each loss, on a thread of its own, which may wait. */
    void onDisconnect(DxlClient client);
}
