package io.github.dxlcdi.fabric;

import io.github.dxlcdi.tie.FileDetection;
import java.util.Objects;

/**
 * File detections, as if an endpoint of the fabric had made them. They reach whoever has subscribed {@link
 * FileDetection#TOPIC}, and are lost if nobody has. Safe from any thread; IllegalStateException once the fabric is
 * closed.
 */
public final class Detections {
    private final Fabric fabric;

    Detections(Fabric fabric) {
        this.fabric = fabric;
    }

    /** Publishes {@code detection}; its origin doesn't travel with it. Returns it. */
    public FileDetection publish(FileDetection detection) {
        Objects.requireNonNull(detection, "detection");
        fabric.publish(FileDetection.TOPIC, detection.toPayload());
        return detection;
    }

    /** Publishes a detection such as endpoints make them: now, of a file that doesn't exist. Returns it. */
    public FileDetection publishRandom() {
        return publish(RandomDetection.make());
    }
}
