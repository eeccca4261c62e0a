package io.github.dxlcdi.fabric.broker;

/** Sees what passes the broker. */
@FunctionalInterface
public interface Witness {
    /** A message is on its way to all who subscribed. Runs on the event loop, so it must not wait, nor change the body. */
    void saw(String topic, byte[] body);
}
