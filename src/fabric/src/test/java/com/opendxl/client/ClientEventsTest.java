package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedFabric.class)
class ClientEventsTest {
    private static final String TOPIC = "/vendor/product/event/sample";
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final List<Event> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void an_event_arrives_at_another_client_whole_and_stamped_by_the_broker() throws Exception {
        DxlClient receiver = CLIENTS.connected(config());
        receiver.addEventCallback(TOPIC, received::add);
        DxlClient sender = CLIENTS.connected(config());
        Event sent = new Event(sender, TOPIC);
        sent.setPayload("{\"name\":\"Größe\"}".getBytes(UTF_8));
        Map<String, String> fields = new LinkedHashMap<>();
        IntStream.range(0, 1_000).forEach(i -> fields.put("Feld-" + i, "wért " + i));
        sent.setOtherFields(fields);
        Instant before = Instant.now().minusMillis(1);

        sender.sendEvent(sent);

        await().until(() -> received.size() == 1);
        Event event = received.get(0);
        String thumbprint = FABRIC.identity().thumbprint();
        assertThat(event.getDestinationTopic()).isEqualTo(TOPIC);
        assertThat(event.getMessageId()).isEqualTo(sent.getMessageId());
        assertThat(event.getPayload()).isEqualTo(sent.getPayload());
        assertThat(event.getVersion()).isEqualTo(3);
        assertThat(event.getSourceClientId()).isEqualTo(thumbprint);
        assertThat(event.getSourceClientInstanceId()).startsWith(thumbprint + ":");
        assertThat(event.getSourceBrokerId()).isEqualTo(FABRIC.brokerId());
        assertThat(event.getOtherFields()).containsAllEntriesOf(fields).hasSize(1_001);
        assertThat(event.getOtherFields().get("dxl.certs")).endsWith(thumbprint);
        assertThat(event.receivedAt()).isBetween(before, Instant.now());
    }

    @Test
    void the_sender_fills_in_its_own_id() throws Exception {
        DxlClient sender = CLIENTS.connected(config());
        Event event = new Event("somebody else", TOPIC);

        sender.sendEvent(event);

        assertThat(event.getSourceClientId()).isEqualTo(sender.getUniqueId());
    }

    @Test
    void a_client_receives_what_it_sends_itself_if_it_subscribed() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        client.addEventCallback(TOPIC, received::add);

        client.sendEvent(event("1"));

        await().untilAsserted(() -> assertThat(payloads()).containsExactly("1"));
    }

    @Test
    void events_come_in_the_order_of_their_sending() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        client.addEventCallback(TOPIC, received::add);
        List<String> numbers =
                IntStream.range(0, 1_000).mapToObj(String::valueOf).toList();

        for (String number : numbers) {
            client.sendEvent(event(number));
        }

        await().until(() -> received.size() == 1_000);
        assertThat(payloads()).isEqualTo(numbers);
    }

    @Test
    void a_payload_of_a_megabyte_arrives() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        client.addEventCallback(TOPIC, received::add);
        byte[] payload = new byte[1024 * 1024 - 1_000];
        java.util.Arrays.fill(payload, (byte) 'x');
        Event event = new Event(TOPIC);
        event.setPayload(payload);

        client.sendEvent(event);

        await().until(() -> received.size() == 1);
        assertThat(received.get(0).getPayload()).isEqualTo(payload);
    }

    @Test
    void sending_when_not_connected_is_told() throws Exception {
        DxlClient client = CLIENTS.make(config());
        assertThatThrownBy(() -> client.sendEvent(event("1")))
                .isInstanceOf(DxlException.class)
                .hasMessage("Not connected to a broker");

        client.connect();
        client.disconnect();
        assertThatThrownBy(() -> client.sendEvent(event("1"))).isInstanceOf(DxlException.class);

        client.close();
        assertThatThrownBy(() -> client.sendEvent(event("1")))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("Not connected");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"#", "/a/#", "/a/+/b", "/a#", "/a\0"})
    void an_event_to_a_topic_that_would_end_the_connection_is_not_sent(String topic) throws Exception {
        DxlClient client = CLIENTS.connected(config());
        Event event = event("1");
        event.setDestinationTopic(topic);

        assertThatThrownBy(() -> client.sendEvent(event)).isInstanceOf(IllegalArgumentException.class);

        client.sendEvent(event("1"));
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void two_callbacks_of_one_topic_both_get_the_event_and_one_that_throws_takes_nothing() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        client.addEventCallback(TOPIC, event -> {
            throw new IllegalStateException("thrown on purpose");
        });
        client.addEventCallback(TOPIC, event -> {
            throw new StackOverflowError("thrown on purpose");
        });
        client.addEventCallback(TOPIC, received::add);
        client.addEventCallback("/vendor/#", received::add, false);
        client.addEventCallback(null, received::add);

        client.sendEvent(event("1"));
        client.sendEvent(event("2"));

        await().until(() -> received.size() == 6);
        assertThat(payloads()).containsExactly("1", "1", "1", "2", "2", "2");
        assertThat(SharedFabric.topics()).containsExactly(TOPIC);
    }

    @Test
    void a_removed_callback_leaves_the_subscription_to_the_other() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        EventCallback one = received::add;
        EventCallback other = received::add;
        client.addEventCallback(TOPIC, one);
        client.addEventCallback(TOPIC, other);

        client.removeEventCallback(TOPIC, one);
        assertThat(SharedFabric.topics()).containsExactly(TOPIC);
        client.sendEvent(event("1"));
        await().until(() -> received.size() == 1);

        client.removeEventCallback(TOPIC, other);
        assertThat(SharedFabric.topics()).isEmpty();
        assertThat(client.getSubscriptions()).isEmpty();
    }

    @Test
    void a_removed_callback_gets_nothing_more_even_if_the_subscription_stays() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        EventCallback removed = event -> received.add(event("removed"));
        client.addEventCallback(TOPIC, removed);
        client.removeEventCallback(TOPIC, removed, false);
        assertThat(SharedFabric.topics()).containsExactly(TOPIC);
        client.addEventCallback(TOPIC, received::add);

        client.sendEvent(event("1"));

        await().untilAsserted(() -> assertThat(payloads()).containsExactly("1"));
    }

    @Test
    void a_callback_may_send_subscribe_and_remove_itself() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        client.addEventCallback("/answer", received::add);
        client.addEventCallback(TOPIC, new EventCallback() {
            @Override
            public void onEvent(Event event) {
                try {
                    client.removeEventCallback(TOPIC, this);
                    client.subscribe("/more");
                    client.sendEvent(event("/answer", "done"));
                } catch (DxlException e) {
                    received.add(event("/failed", e.getMessage()));
                }
            }
        });

        client.sendEvent(event("1"));
        client.sendEvent(event("2"));

        await().untilAsserted(() -> assertThat(payloads()).containsExactly("done"));
        assertThat(client.getSubscriptions()).containsExactly("/answer", "/more");
    }

    @Test
    void callbacks_run_on_as_many_threads_as_configured_and_under_their_name() throws Exception {
        DxlClientConfig config = config();
        config.setIncomingMessageThreadPoolSize(10);
        DxlClient client = CLIENTS.connected(config);
        Meeting meeting = new Meeting(10);
        client.addEventCallback(TOPIC, meeting);

        for (int i = 0; i < 10; i++) {
            client.sendEvent(event("1"));
        }

        await().untilAsserted(() -> assertThat(meeting.threads)
                .hasSize(10)
                .allMatch(name -> name.startsWith("DxlMessagePool-" + client.getUniqueId() + "-")));
    }

    @Test
    void what_is_no_message_is_told_to_the_listener_in_its_place_and_the_next_comes() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        DxlClient client = CLIENTS.make(config());
        client.fabricConnection().listen(new FabricConnection.Listener() {
            @Override
            public void ready(String broker, Instant at) {
                throw new IllegalStateException("thrown on purpose");
            }

            @Override
            public void lost(String broker, Instant lastHeard, String reason) {
                throw new IllegalStateException("thrown on purpose");
            }

            @Override
            public void unreadable(String topic, byte[] body, IOException cause) {
                told.add(topic + " " + new String(body, UTF_8) + " " + received.size() + " " + cause.getMessage());
                throw new IllegalStateException("thrown on purpose");
            }
        });
        client.addEventCallback(TOPIC, received::add);
        client.connect();

        FABRIC.publish(TOPIC, "1".getBytes(UTF_8));
        FABRIC.publishBytes(TOPIC, "no message".getBytes(UTF_8));
        FABRIC.publish(TOPIC, "2".getBytes(UTF_8));

        await().untilAsserted(() -> assertThat(payloads()).containsExactly("1", "2"));
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).startsWith(TOPIC + " no message 1 not a DXL message: field");
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void what_is_no_message_hurts_nobody_without_a_listener() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        client.addEventCallback(TOPIC, received::add);

        FABRIC.publishBytes(TOPIC, new byte[0]);
        FABRIC.publishBytes(TOPIC, new byte[] {3, 2, (byte) 0xdb, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        FABRIC.publish(TOPIC, "1".getBytes(UTF_8));

        await().untilAsserted(() -> assertThat(payloads()).containsExactly("1"));
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }

    private List<String> payloads() {
        return received.stream()
                .map(event -> new String(event.getPayload(), UTF_8))
                .toList();
    }

    private static Event event(String payload) {
        return event(TOPIC, payload);
    }

    private static Event event(String topic, String payload) {
        Event event = new Event(topic);
        event.setPayload(payload.getBytes(UTF_8));
        return event;
    }
}
