package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that asks although its callbacks are so slow that it has stopped reading. */
@ExtendWith(SharedFabric.class)
class ClientRequestBackpressureTest {
    private static final String TOPIC = "/service/echo";
    private static final String SILENCE = "/service/silence";
    private static final int KILOBYTE = 1024;
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    @TempDir
    private Path folder;

    @BeforeEach
    void offerServices() throws Exception {
        Responder responder = new Responder(CLIENTS.connected(config()));
        responder.echo(TOPIC);
        responder.onRequest(SILENCE, request -> {});
    }

    @Test
    void an_observer_that_asks_while_the_queue_is_full_gets_its_answer_and_nothing_is_lost_or_misplaced()
            throws Exception {
        int events = 3_000;
        List<Integer> received = new CopyOnWriteArrayList<>();
        CompletableFuture<Response> answered = new CompletableFuture<>();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch mayAsk = new CountDownLatch(1);
        DxlClient slow = slowClient();
        slow.addEventCallback("/events", event -> {
            int number = ByteBuffer.wrap(event.getPayload()).getInt();
            if (number == 0) {
                first.countDown();
                Clients.awaitUnlessInterrupted(mayAsk);
                try {
                    answered.complete(slow.syncRequest(request(TOPIC, "me"), 20_000));
                } catch (DxlException e) {
                    answered.completeExceptionally(e);
                }
            }
            received.add(number);
        });
        slow.connect();
        publish(events, KILOBYTE, first);
        await().until(() -> depth(slow) >= 10);
        await().during(Duration.ofMillis(300))
                .untilAsserted(
                        () -> assertThat(depth(slow)).as("it does not read").isLessThan(events / 2));

        mayAsk.countDown();

        assertThat(text(answered.get(20, TimeUnit.SECONDS))).isEqualTo("me");
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == events);
        assertThat(received).isEqualTo(IntStream.range(0, events).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {TOPIC, SILENCE})
    void answered_or_given_up_it_stops_reading_again(String topic) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        DxlClient slow = slowClient();
        slow.addEventCallback("/events", event -> {
            first.countDown();
            Clients.awaitUnlessInterrupted(release);
        });
        slow.connect();
        publish(1_000, KILOBYTE, first);
        await().until(() -> depth(slow) >= 10);

        if (topic.equals(TOPIC)) {
            slow.syncRequest(request(topic, ""), 10_000);
        } else {
            assertThatThrownBy(() -> slow.syncRequest(request(topic, ""), 500))
                    .isInstanceOf(WaitTimeoutException.class);
        }
        await().until(() -> depth(slow) >= 999);
        publish(1_000, KILOBYTE, first);

        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(depth(slow)).isLessThan(1_500));
        release.countDown();
        await().until(() -> depth(slow) == 0);
    }

    @Test
    void with_the_reserve_used_up_it_fails_at_once_and_says_so() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Integer> received = new CopyOnWriteArrayList<>();
        DxlClient slow = slowClient();
        slow.addEventCallback("/events", event -> {
            first.countDown();
            Clients.awaitUnlessInterrupted(release);
            received.add(ByteBuffer.wrap(event.getPayload()).getInt());
        });
        slow.connect();
        publish(40, 900 * KILOBYTE, first);
        await().until(() -> depth(slow) >= 10);

        assertThatThrownBy(() -> slow.syncRequest(request(TOPIC, ""), 60_000))
                .isExactlyInstanceOf(DxlException.class)
                .hasMessageContaining("the delivery queue and its reserve are full");

        assertThat(slow.isConnected()).isTrue();
        release.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 40);
        assertThat(text(slow.syncRequest(request(TOPIC, "again"), 5_000))).isEqualTo("again");
    }

    /** Its one delivery thread is lent, so its callbacks may ask and wait. */
    private DxlClient slowClient() throws DxlException {
        DxlClientConfig config = config();
        config.setIncomingMessageQueueSize(10);
        DxlClient slow = CLIENTS.make(config);
        slow.fabricConnection().deliverOn(task -> {
            Thread thread = new Thread(task, "lent");
            thread.setDaemon(true);
            return thread;
        });
        return slow;
    }

    private static int depth(DxlClient client) {
        return client.fabricConnection().state().queueDepth();
    }

    private static void publish(int count, int size, CountDownLatch first) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            FABRIC.publish("/events", ByteBuffer.allocate(size).putInt(i).array());
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
