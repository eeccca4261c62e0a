package io.github.dxlcdi.benchmarks.contender;

import static io.github.dxlcdi.benchmarks.load.Scenario.BULK;
import static io.github.dxlcdi.benchmarks.load.Scenario.NAGLE;
import static io.github.dxlcdi.benchmarks.load.Scenario.PACED;
import static io.github.dxlcdi.benchmarks.load.Scenario.PROFILE_BULK;
import static io.github.dxlcdi.benchmarks.load.Scenario.PROFILE_SINGLE;
import static io.github.dxlcdi.benchmarks.load.Scenario.SINGLE;
import static io.github.dxlcdi.benchmarks.load.Scenario.START;

import io.github.dxlcdi.benchmarks.load.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Everybody who is measured, in the order of the table. */
public enum Contender {
    SENDER("sender alone", "Sink", Set.of(BULK, SINGLE)),
    FLOOR_BYTES("floor: bytes", "BareNettyBytes", Set.of(BULK, SINGLE)),
    FLOOR("floor: messages", "BareNetty", Set.of(BULK, SINGLE, PACED)),
    DXL_CLIENT("dxl-client", "DxlClientCallback", Set.of(BULK, SINGLE, PACED, NAGLE)),
    DXL_CLIENT_WITHOUT_QUICKACK(
            "dxl-client without TCP_QUICKACK", "DxlClientCallback", Set.of(NAGLE), "-DdxlClient.quickAck=false"),
    PAHO("Paho by hand", "PahoCallback", Set.of(BULK, SINGLE, PACED)),
    PAHO_BIASED("Paho by hand, biased locking", "PahoCallback", Set.of(BULK, SINGLE), Names.BIASED_LOCKING),
    HIVEMQ("HiveMQ by hand", "HiveMqCallback", Set.of(BULK, SINGLE, PACED)),
    DXL_CDI("dxl-cdi", "DxlCdiObserver", Set.of(BULK, SINGLE, PACED)),
    DXL_CDI_REQUESTS("dxl-cdi with request contexts", "DxlCdiRequestObserver", Set.of(BULK, SINGLE)),
    DXL_CDI_PROFILED(
            "dxl-cdi, profiled",
            "DxlCdiObserver",
            Set.of(PROFILE_BULK, PROFILE_SINGLE),
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+DebugNonSafepoints"),
    DXL_CDI_OPENSSL("dxl-cdi with epoll and OpenSSL", "DxlCdiObserver", Set.of(BULK, SINGLE)),
    DXL_CDI_64M("dxl-cdi in 64 MiB", "DxlCdiObserver", Set.of(BULK, SINGLE), "-Xms64m", "-Xmx64m"),
    PAHO_OBSERVER("Paho by hand to an observer", "PahoObserver", Set.of(BULK, SINGLE, PACED)),
    PAHO_OBSERVER_BIASED(
            "Paho by hand to an observer, biased locking", "PahoObserver", Set.of(BULK, SINGLE), Names.BIASED_LOCKING),
    HIVEMQ_OBSERVER("HiveMQ by hand to an observer", "HiveMqObserver", Set.of(BULK, SINGLE, PACED)),
    SMALLRYE("SmallRye @Incoming", "SmallRyeIncoming", Set.of(BULK, SINGLE, PACED)),
    DXL_CDI_LIBERTY("dxl-cdi on Open Liberty", Names.ON_LIBERTY, Set.of(BULK, SINGLE, PACED, START)),
    LIBERTY_WITH_DXL_CDI_OFF(
            "Open Liberty with dxl-cdi switched off", Names.ON_LIBERTY, Set.of(START), "-Ddxl.enabled=false"),
    LIBERTY_ALONE("Open Liberty without dxl-cdi", Names.ON_LIBERTY, Set.of(START));

    /** Two cores get G1 by themselves; said here so that it holds on every machine. A heap that doesn't grow while it is measured. */
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseG1GC", "-Xms512m", "-Xmx512m");

    /** Constants of an enum are made before its static fields. */
    private static final class Names {
        static final String ON_LIBERTY = "";

        /** Gone since JDK 18, and a mistake since 19. */
        static final String[] BIASED_LOCKING = {"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseBiasedLocking"};
    }

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
    public String subscriber() {
        return subscriber;
    }

    /** Whether it is an application on a server, not a {@link Receiver}. */
    public boolean onLiberty() {
        return subscriber.equals(Names.ON_LIBERTY);
    }

    /** Whether it has what is measured, be it switched off. */
    public boolean hasLibraries() {
        return this != LIBERTY_ALONE;
    }

    /** Whether anything is sent to it. */
    public boolean subscribes() {
        return hasLibraries() && this != LIBERTY_WITH_DXL_CDI_OFF;
    }

    /** Where it takes part. */
    public Set<Scenario> scenarios() {
        return scenarios;
    }

    /** Options of its JVM; of two that contradict each other the later one counts. */
    public List<String> jvmOptions() {
        List<String> all = new ArrayList<>(JVM_OPTIONS);
        all.addAll(options);
        return all;
    }

    /** What is on its class path. */
    public ClassPath classPath() {
        return switch (this) {
            case HIVEMQ, HIVEMQ_OBSERVER, SMALLRYE -> ClassPath.PEERS;
            case DXL_CDI_OPENSSL -> ClassPath.EVERYTHING;
            default -> ClassPath.PLAIN;
        };
    }

    /** How many events may be under way to it; it breaks when it gets more than it can take. */
    public OptionalLong limit() {
        return this == SMALLRYE ? OptionalLong.of(SmallRyeIncoming.BUFFER / 2) : OptionalLong.empty();
    }

    /** The name in tables and results. */
    @Override
    public String toString() {
        return title;
    }
}
