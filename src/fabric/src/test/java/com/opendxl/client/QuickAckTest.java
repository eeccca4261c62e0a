package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.opendxl.client.message.Event;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** DXL brokers send with Nagle's algorithm on, and so do sockets of the JDK. */
class QuickAckTest {
    private static final String SWITCH = "dxlClient.quickAck";
    private static final String TOPIC = "/t";
    private static final int EVENTS = 3_000;

    /** That of a detection; Linux acknowledges what is shorter than 536 bytes in all without delay. */
    private static final int PAYLOAD_BYTES = 600;

    private static final long EVERY_MICROS = 1_000;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        System.clearProperty(SWITCH);
        clock.shutdownNow();
    }

    @Test
    void a_thousand_events_a_second_of_a_sender_with_nagles_algorithm_come_ten_times_sooner() throws Exception {
        try (Socket socket = new Socket()) {
            assumeTrue(
                    socket.supportedOptions().stream()
                            .anyMatch(option -> option.name().equals("TCP_QUICKACK")),
                    "This operating system has no TCP_QUICKACK");
        }
        System.setProperty(SWITCH, "false");
        long without = medianNanos();
        System.clearProperty(SWITCH);
        long with = medianNanos();

        System.out.printf("Median latency: %.3f ms without TCP_QUICKACK, %.3f ms with it%n", without / 1e6, with / 1e6);
        assertThat(without / (double) with).isGreaterThanOrEqualTo(10);
    }

    /** From the call that sends an event to the callback that gets it. */
    private long medianNanos() throws Exception {
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        try (ScriptedBroker broker = new ScriptedBroker();
                DxlClient client = new DxlClient(broker.config())) {
            client.addEventCallback(
                    TOPIC,
                    event -> latencies.add(System.nanoTime()
                            - ByteBuffer.wrap(event.getPayload()).getLong()));
            client.connect();
            ScriptedBroker.Peer peer = broker.peers.get(0);
            var sending = clock.scheduleAtFixedRate(() -> send(peer), 0, EVERY_MICROS, TimeUnit.MICROSECONDS);
            await().atMost(Duration.ofSeconds(20)).until(() -> latencies.size() >= EVENTS);
            sending.cancel(false);
        }
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void send(ScriptedBroker.Peer peer) {
        try {
            Event event = new Event(TOPIC);
            event.setPayload(ByteBuffer.allocate(PAYLOAD_BYTES)
                    .putLong(System.nanoTime())
                    .array());
            peer.publish(TOPIC, event.toBytes());
        } catch (IOException e) {
            // The client has gone: the end of the measurement.
        }
    }
}
