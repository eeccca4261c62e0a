package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.ChildJvm;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client in a JVM whose heap is full for a while, because of others. */
@ExtendWith(SharedFabric.class)
class FullHeapTest {
    private static final Duration FULL = Duration.ofSeconds(7);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    @TempDir
    private Path folder;

    @Test
    @Timeout(240)
    void after_it_the_client_is_connected_again_and_gets_events() throws Exception {
        DxlClient sender = CLIENTS.connected(Clients.config(FABRIC, folder));
        try (ChildJvm receiver = ChildJvm.start(
                Receiver.class,
                List.of("-Xmx48m", "-XX:+UseSerialGC"),
                folder.resolve("dxlclient.config").toString())) {
            receiver.await("connected", PATIENCE);
            var sending = Clients.inBackground(() -> {
                while (receiver.isAlive()) {
                    sender.sendEvent(new Event("/t"));
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                return null;
            });
            receiver.ask("fill", PATIENCE);

            long before = receiver.ask("received", PATIENCE);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(receiver.ask("received", PATIENCE))
                            .as(() -> String.join("\n", receiver.lines()))
                            .isGreaterThan(before + 10));
            assertThat(receiver.ask("connected", PATIENCE)).isEqualTo(1);
            receiver.close();
            sending.get(10, TimeUnit.SECONDS);
        }
    }

    static final class Receiver {
        private Receiver() {}

        public static void main(String[] arguments) throws Exception {
            DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(arguments[0]);
            config.setReconnectDelay(50);
            config.setReconnectDelayMax(200);
            // Netty may have lost a read, and it takes a silence to notice that.
            config.setKeepAliveInterval(5);
            DxlClient client = new DxlClient(config);
            AtomicLong received = new AtomicLong();
            client.addEventCallback("/t", event -> received.incrementAndGet());
            client.connect();
            System.out.println("connected 0");
            ChildJvm.onCommands(command -> {
                if (command.equals("fill")) {
                    fillHeap();
                }
                System.out.println(command + " "
                        + (command.equals("connected") ? (client.isConnected() ? 1 : 0) : received.get()));
            });
        }

        /** Takes whatever anything else lets go of. */
        private static void fillHeap() {
            byte[][] held = new byte[1_000_000][];
            int count = 0;
            long end = System.nanoTime() + FULL.toNanos();
            while (System.nanoTime() < end) {
                for (int size = 1 << 20; size > 0; size /= 2) {
                    try {
                        while (System.nanoTime() < end) {
                            held[count] = new byte[size];
                            count++;
                        }
                    } catch (OutOfMemoryError e) {
                        // The next size.
                    }
                }
            }
        }
    }
}
