package io.github.dxlcdi.benchmarks.parts;

import io.github.dxlcdi.delivery.Delivery;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.TieTopic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** To one observer on Weld. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Dispatch {
    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Quarantine.class)
            .initialize();
    private final Delivery delivery = delivery(false);
    private final Delivery requests = delivery(true);
    private final Event<Object> event = container.getBeanManager().getEvent();
    private final Detections detections;
    private final FileDetection detection;

    /** Called by JMH. */
    public Dispatch() {
        detections = new Detections();
        detection = FileDetection.read(detections.event());
    }

    private Delivery delivery(boolean requestScoped) {
        return new Delivery(
                container.getBeanManager(),
                observer -> "Quarantine",
                Runnable::run,
                // Of an application on a server: another one than the thread's.
                new ClassLoader(Dispatch.class.getClassLoader()) {},
                requestScoped);
    }

    /** Called by JMH. */
    @TearDown
    public void end() {
        container.close();
    }

    /** What the observer has seen. */
    long seen() {
        return container.select(Quarantine.class).get().seen();
    }

    /** Ours, of a record that is read already. */
    @Benchmark
    public void dispatch() {
        delivery.tell(detection);
    }

    /** Ours, of a record that is read already, with a request context for it. */
    @Benchmark
    public void dispatchInRequestContext() {
        requests.tell(detection);
    }

    /** Ours, and the record is read before. */
    @Benchmark
    public void readAndDispatch() {
        delivery.deliver(TieTopic.FILE_DETECTION, detections.event());
    }

    /** Without anything of ours. */
    @Benchmark
    public void fire() {
        event.fire(detection);
    }

    /** The observer. */
    @ApplicationScoped
    public static class Quarantine {
        private long seen;

        void detected(@Observes FileDetection detection) {
            seen += detection.remediationAction();
        }

        /** The sum of what was done about files. */
        public long seen() {
            return seen;
        }
    }
}
