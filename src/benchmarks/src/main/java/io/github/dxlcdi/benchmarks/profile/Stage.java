package io.github.dxlcdi.benchmarks.profile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of the way of a detection, in its order, known by the classes that do it. Of several that fit the first counts. */
public enum Stage {
    /** What the operating system does when a socket is read, and what finds out which one has something. */
    SOCKET("socket", "sun.nio.ch.", "io.netty.channel.unix.", "io.netty.channel.epoll."),
    /** Decryption. */
    TLS(
            "TLS",
            "sun.security.",
            "com.sun.crypto.",
            "javax.crypto.",
            "io.netty.handler.ssl.",
            "io.netty.internal.tcnative."),
    /** What was read, put behind what was left over of a TLS record. */
    GATHERING("bytes gathered", "io.netty.handler.codec.ByteToMessageDecoder$"),
    /** Packets out of bytes. */
    MQTT("MQTT", "io.netty.handler.codec."),
    /** From the event loop to the delivery thread. */
    QUEUE("queue", "io.github.dxlcdi.client.dispatch."),
    /** The DXL message out of a packet's body. */
    MESSAGE("DXL message", "io.github.dxlcdi.client.wire.", "com.opendxl.client.message.", "org.msgpack."),
    /** What else the client does. */
    CLIENT("client, the rest", "io.github.dxlcdi.client.", "com.opendxl.client."),
    /** JSON, and the record made of it. */
    RECORD("record from JSON", "io.github.dxlcdi.tie.", "com.fasterxml.jackson."),
    /** What the benchmark's observer does. */
    OBSERVER("observer", "io.github.dxlcdi.benchmarks."),
    /** To the observer: the container, and a request context where one is needed. */
    DELIVERY("delivery", "io.github.dxlcdi.", "org.jboss.weld."),
    /** Whatever else Java threads did. */
    REST("other Java code", "java."),
    /** What no Java thread did. */
    JVM("garbage collector and compiler");

    private final String title;
    private final List<String> packages;

    Stage(String title, String... packages) {
        this.title = title;
        this.packages = List.of(packages);
    }

    /** That of a stack, the innermost frame first: that of the innermost frame which belongs to a part of the way. */
    static Stage of(Stream<String> frames) {
        Set<Stage> stages = frames.map(Stage::ofFrame).collect(Collectors.toCollection(LinkedHashSet::new));
        return stages.stream()
                .filter(stage -> stage.compareTo(REST) < 0)
                .findFirst()
                .orElse(stages.contains(REST) ? REST : JVM);
    }

    private static Stage ofFrame(String frame) {
        return Stream.of(values())
                .filter(stage -> stage.packages.stream().anyMatch(frame::startsWith))
                .findFirst()
                .orElse(JVM);
    }

    /** The name in tables and results. */
    @Override
    public String toString() {
        return title;
    }
}
