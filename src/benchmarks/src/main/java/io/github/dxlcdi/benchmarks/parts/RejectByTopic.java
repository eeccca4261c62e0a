package io.github.dxlcdi.benchmarks.parts;

import com.opendxl.client.callback.EventCallback;
import io.github.dxlcdi.client.dispatch.TopicCallbacks;
import io.github.dxlcdi.tie.FileDetection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Whether anybody wants what has come: a topic with a callback, and one that has none. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RejectByTopic {
    private final TopicCallbacks<EventCallback> callbacks = new TopicCallbacks<>();

    /** Called by JMH. */
    public RejectByTopic() {
        callbacks.add(FileDetection.TOPIC, event -> {});
        callbacks.add("/mcafee/event/tie/file/prevalence/#", event -> {});
    }

    /** It has one. */
    @Benchmark
    public void wanted(Blackhole taken) {
        callbacks.forEach(FileDetection.TOPIC, taken::consume);
    }

    /** It has none. */
    @Benchmark
    public void rejected(Blackhole taken) {
        callbacks.forEach("/mcafee/event/tie/file/repchange/broadcast", taken::consume);
    }
}
