package io.github.dxlcdi.benchmarks.parts;

import io.github.dxlcdi.tie.FileDetection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A DXL event to a record: JSON. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadRecord {
    private final Detections detections;

    /** Called by JMH. */
    public ReadRecord() {
        detections = new Detections();
    }

    /** One detection. */
    @Benchmark
    public FileDetection read() {
        return FileDetection.read(detections.event());
    }
}
