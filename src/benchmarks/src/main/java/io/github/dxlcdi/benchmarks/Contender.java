package io.github.dxlcdi.benchmarks;

import static io.github.dxlcdi.benchmarks.Scenario.BULK;
import static io.github.dxlcdi.benchmarks.Scenario.NAGLE;
import static io.github.dxlcdi.benchmarks.Scenario.PACED;
import static io.github.dxlcdi.benchmarks.Scenario.SINGLE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everybody who is measured, in the order of the table. */
enum Contender {
    SENDER("sender alone", "Sink", Set.of(BULK, SINGLE)),
    FLOOR_BYTES("floor: bytes", "BareNettyBytes", Set.of(BULK, SINGLE)),
    FLOOR("floor: messages", "BareNetty", Set.of(BULK, SINGLE, PACED)),
    DXL_CLIENT("dxl-client", "DxlClientCallback", EnumSet.allOf(Scenario.class)),
    DXL_CLIENT_WITHOUT_QUICKACK(
            "dxl-client without TCP_QUICKACK", "DxlClientCallback", Set.of(NAGLE), "-DdxlClient.quickAck=false"),
    PAHO("Paho by hand", "PahoCallback", Set.of(BULK, SINGLE, PACED)),
    DXL_CDI("dxl-cdi", "DxlCdiObserver", Set.of(BULK, SINGLE, PACED)),
    DXL_CDI_64M("dxl-cdi in 64 MiB", "DxlCdiObserver", Set.of(BULK, SINGLE), "-Xms64m", "-Xmx64m"),
    PAHO_OBSERVER("Paho by hand to an observer", "PahoObserver", Set.of(BULK, SINGLE, PACED));

    /** Two cores get G1 by themselves; said here so that it holds on every machine. A heap that doesn't grow while it is measured. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseG1GC", "-Xms512m", "-Xmx512m");

    private final String title;
    private final String subscriber;
    private final Set<Scenario> scenarios;
    private final List<String> options;

    Contender(String title, String subscriber, Set<Scenario> scenarios, String... options) {
        this.title = title;
        this.subscriber = subscriber;
        this.scenarios = scenarios;
        this.options = List.of(options);
    }

    /** The simple name of the class that receives. */
    String subscriber() {
        return subscriber;
    }

    /** Where it takes part. */
    Set<Scenario> scenarios() {
        return scenarios;
    }

    /** Options of its JVM; of two that contradict each other the later one counts. */
    List<String> jvmOptions() {
        List<String> all = new ArrayList<>(JVM_OPTIONS);
        all.addAll(options);
        return all;
    }

    /** Whether a part of the class path, the name of a JAR, is for it. */
    boolean mayHave(String jar) {
        // The JDK's TLS and NIO, as most applications have them.
        return !jar.startsWith("netty-tcnative") && !jar.contains("epoll");
    }

    /** The name in tables and results. */
    @Override
    public String toString() {
        return title;
    }
}
