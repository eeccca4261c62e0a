package io.github.dxlcdi.benchmarks.parts;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The body of an MQTT packet to a DXL event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadMessage {
    private final Detections detections;

    /** Called by JMH. */
    public ReadMessage() {
        detections = new Detections();
    }

    /** What every callback looks at. */
    @Benchmark
    public void readIdAndPayload(Blackhole taken) throws IOException {
        Event event = (Event) Message.fromBytes(detections.body());
        taken.consume(event.getMessageId());
        taken.consume(event.getPayload());
    }

    /** All that there is. */
    @Benchmark
    public void readAll(Blackhole taken) throws IOException {
        Event event = (Event) Message.fromBytes(detections.body());
        taken.consume(event.getMessageId());
        taken.consume(event.getPayload());
        taken.consume(event.getSourceClientId());
        taken.consume(event.getSourceBrokerId());
        taken.consume(event.getBrokerIds());
        taken.consume(event.getClientIds());
        taken.consume(event.getOtherFields());
        taken.consume(event.getSourceTenantGuid());
        taken.consume(event.getDestTenantGuids());
    }
}
