package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.tie.FileDetection;
import java.nio.file.Path;

/**
 * Where a receiver connects to, and with what.
 *
 * @param host of the broker
 * @param port of the broker
 * @param folder with {@code ca-bundle.crt}, {@code client.crt}, {@code client.key} and {@code dxlclient.config}
 * @param frameBytes length of each event's MQTT packet, for those who count bytes
 */
public record Endpoint(String host, int port, Path folder, int frameBytes) {
    /** What all subscribe to. */
    static final String TOPIC = FileDetection.TOPIC;

    /**
     * Half of it, when ours would ping, is longer than anybody lives. A ping costs a receiver up to some milliseconds, as it is
     * seldom and so never compiled, and the first one throws away what was compiled for reading alone; by default some would
     * send it while they are measured.
     */
    public static final int KEEP_ALIVE_SECONDS = 1_800;

    /** The certificate authority. */
    Path authority() {
        return folder.resolve("ca-bundle.crt");
    }

    /** The client's certificate. */
    Path certificate() {
        return folder.resolve("client.crt");
    }

    /** Its key. */
    Path key() {
        return folder.resolve("client.key");
    }

    /** All of it for a DXL client. */
    Path config() {
        return folder.resolve("dxlclient.config");
    }
}
