package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What stands behind an MQTT client when detections are to reach observers and one does it by hand. */
@ApplicationScoped
public class HandFire {
    @Inject
    private Event<HandReadDetection> detections;

    /** In Weld SE; the bean itself, and not its proxy, for whoever calls it often. */
    static HandFire inContainer() {
        SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(HandFire.class, Counter.class)
                .initialize();
        return container.select(HandFire.class).get().itself();
    }

    /** This. */
    public HandFire itself() {
        return this;
    }

    /** Reads a DXL message and fires what it carries. */
    public void fire(byte[] message) {
        try {
            detections.fire(HandReadDetection.read(HandReadMessage.read(message).payload()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The observer. */
    @ApplicationScoped
    public static class Counter {
        void detected(@Observes HandReadDetection detection) {
            Tally.OF_THIS_JVM.arrived(
                    detection.agentGuid().length() + detection.name().length());
        }
    }
}
