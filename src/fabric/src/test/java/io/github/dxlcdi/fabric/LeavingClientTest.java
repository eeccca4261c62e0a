package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.message.Event;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker reads one packet a turn, and drops what a client has left unread when it goes. */
class LeavingClientTest {
    private static final String TOPIC = "/t";
    private static final int SENT = 100;

    private final AtomicInteger received = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private Fabric fabric;
    private DxlClient receiver;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        fabric = Fabric.builder().webSockets(true).start();
        receiver = client(false);
        receiver.addEventCallback(TOPIC, event -> received.incrementAndGet());
        receiver.addEventCallback("/end", event -> end.countDown());
    }

    @AfterEach
    void stop() throws Exception {
        receiver.close();
        fabric.close();
    }

    @Test
    void a_client_that_only_closes_loses_what_the_broker_has_not_read() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            fabric.faults().stall();
            for (int i = 0; i < SENT; i++) {
                client.send(RawClient.publish(0, TOPIC, new Event(TOPIC).toBytes()));
            }
            client.send(RawClient.DISCONNECT);
        }

        fabric.faults().resume();

        await().until(() -> fabric.connectedClients() == 1);
        assertThat(arrived()).isLessThan(SENT);
    }

    @Test
    void a_client_that_waits_for_the_answer_to_a_ping_loses_nothing() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            for (int i = 0; i < SENT; i++) {
                client.send(RawClient.publish(0, TOPIC, new Event(TOPIC).toBytes()));
            }
            client.send(RawClient.PINGREQ).expect(RawClient.PINGRESP);
        }

        assertThat(arrived()).isEqualTo(SENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_dxl_client_that_closes_loses_nothing(boolean webSocket) throws Exception {
        DxlClient client = client(webSocket);
        fabric.faults().stall();
        for (int i = 0; i < SENT; i++) {
            client.sendEvent(new Event(TOPIC));
        }
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> {
            try {
                client.disconnect();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        fabric.faults().resume();

        leaving.join();
        assertThat(arrived()).isEqualTo(SENT);
        client.close();
    }

    private DxlClient client(boolean webSocket) throws Exception {
        fabric.writeConfig(folder);
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(
                folder.resolve("dxlclient.config").toString());
        config.setUseWebSockets(webSocket);
        DxlClient client = new DxlClient(config);
        client.connect();
        return client;
    }

    /** What came before something that is sent now. */
    private int arrived() throws InterruptedException {
        fabric.publish("/end", new byte[0]);
        assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        return received.get();
    }
}
