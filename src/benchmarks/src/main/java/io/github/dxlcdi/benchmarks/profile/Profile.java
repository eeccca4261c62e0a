package io.github.dxlcdi.benchmarks.profile;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * This JVM's CPU time by {@link Stage}, from {@link #begin} to {@link #end}: Flight Recorder looks at the stacks now and then, and how long
 * the threads have run in all is known exactly.
 */
public final class Profile {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PERIOD = Duration.ofMillis(10);

    /** Looked at in native code, a thread may wait there. */
    private static final Set<String> WAITING = Set.of("sun.nio.ch.EPoll.wait", "java.io.FileInputStream.readBytes");

    private final Recording recording = new Recording();
    private Instant beginning;
    private long processBefore;
    private long threadsBefore;

    /** Starts the recorder, which costs time itself: some should pass before {@link #begin}. */
    public Profile() {
        recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
        recording.enable("jdk.NativeMethodSample").withPeriod(PERIOD);
        recording.start();
    }

    /** What was before doesn't count. */
    public void begin() {
        beginning = Instant.now();
        processBefore = PROCESS.getProcessCpuTime();
        threadsBefore = threadNanos();
    }

    /** Ends it; gives the CPU time of each stage, ns. */
    public Map<Stage, Double> end() throws IOException {
        long threads = threadNanos() - threadsBefore;
        long process = PROCESS.getProcessCpuTime() - processBefore;
        recording.stop();
        Path file = Files.createTempFile("profile", ".jfr");
        try (recording) {
            recording.dump(file);
            Map<Stage, Double> nanos = shares(RecordingFile.readAllEvents(file));
            nanos.replaceAll((stage, share) -> share * threads);
            nanos.put(Stage.JVM, (double) process - threads);
            return nanos;
        } finally {
            Files.delete(file);
        }
    }

    private Map<Stage, Double> shares(List<RecordedEvent> samples) {
        return samples.stream()
                .filter(sample -> sample.getStartTime().isAfter(beginning))
                .map(sample -> sample.getStackTrace().getFrames())
                .filter(frames -> !WAITING.contains(name(frames.get(0))))
                .collect(Collectors.teeing(
                        Collectors.counting(),
                        Collectors.groupingBy(Profile::stage, () -> new EnumMap<>(Stage.class), Collectors.counting()),
                        (all, counts) -> counts.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        count -> (double) count.getValue() / all,
                                        (one, other) -> one,
                                        () -> new EnumMap<>(Stage.class)))));
    }

    private static Stage stage(List<RecordedFrame> frames) {
        return Stage.of(frames.stream().map(Profile::className));
    }

    private static String name(RecordedFrame frame) {
        return className(frame) + "." + frame.getMethod().getName();
    }

    private static String className(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    private static long threadNanos() {
        return Arrays.stream(THREADS.getThreadCpuTime(THREADS.getAllThreadIds()))
                .filter(nanos -> nanos > 0)
                .sum();
    }
}
