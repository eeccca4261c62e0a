package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections, subscriptions and events at a plain MQTT broker. */
class MosquittoTest extends OnMosquitto {
    private static final String TOPIC = "/test/event";
    private static final String END = "/test/end";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final EventCallback note = event -> received.add(new String(event.getPayload(), UTF_8));

    @Test
    void a_client_connects_and_disconnects_as_often_as_it_likes() throws Exception {
        DxlClient client = CLIENTS.make(mosquitto.config());
        client.disconnect();
        for (int i = 0; i < 3; i++) {
            client.connect();
            client.connect();
            assertThat(client.isConnected()).isTrue();
            assertThat(client.getCurrentBroker()).isEqualTo(mosquitto.broker());
            client.disconnect();
            assertThat(client.isConnected()).isFalse();
            assertThat(client.getCurrentBroker()).isNull();
        }
        assertThatThrownBy(() -> send(client, TOPIC, "")).hasMessageContaining("Not connected");
    }

    @Test
    void the_broker_is_found_behind_one_that_is_not_there_and_by_its_address_if_its_name_is_not_known()
            throws Exception {
        DxlClientConfig config = mosquitto.config();
        config.getBrokerList().clear();
        config.getBrokerList().add(new Broker("dead", ScriptedBroker.deadPort(), "127.0.0.1", null));
        int port = mosquitto.broker().getPort();
        config.getBrokerList().add(new Broker("mosquitto", port, "mosquitto.invalid", "127.0.0.1"));

        DxlClient client = CLIENTS.connected(config);

        assertThat(client.getCurrentBroker().getUniqueId()).isEqualTo("mosquitto");
    }

    @Test
    void a_broker_that_is_killed_is_missed_and_its_return_restores_all() throws Exception {
        DxlClient client = connected();
        client.addEventCallback(TOPIC, note);
        DxlClient limited = CLIENTS.make(mosquitto.config());

        mosquitto.kill();
        await().until(() -> !client.isConnected());
        assertThatThrownBy(limited::connect).isInstanceOf(DxlException.class).hasMessageContaining("refused");
        mosquitto.start();
        await().until(client::isConnected);
        send(client, TOPIC, "again");

        await().untilAsserted(() -> assertThat(received).containsExactly("again"));
    }

    @Test
    void an_event_arrives_after_subscribing_and_before_unsubscribing_alone() throws Exception {
        DxlClient receiver = CLIENTS.make(mosquitto.config());
        receiver.addEventCallback(END, note);
        receiver.connect();
        DxlClient sender = connected();

        send(sender, TOPIC, "early");
        receiver.addEventCallback(TOPIC, note);
        receiver.subscribe(TOPIC);
        assertThat(receiver.getSubscriptions()).containsExactlyInAnyOrder(TOPIC, END);
        send(sender, TOPIC, "in time");
        await().untilAsserted(() -> assertThat(received).containsExactly("in time"));
        receiver.removeEventCallback(TOPIC, note);
        receiver.unsubscribe("/never/subscribed");
        send(sender, TOPIC, "late");
        send(sender, END, "end");

        await().until(() -> received.contains("end"));
        assertThat(received).containsExactly("in time", "end");
        assertThat(receiver.getSubscriptions()).containsExactly(END);
    }

    @Test
    void wildcards_are_the_brokers_and_a_trailing_one_reaches_its_callback() throws Exception {
        DxlClient client = connected();
        client.addEventCallback("/tree/#", note);
        client.subscribe("/+/leaf");
        client.addEventCallback(null, event -> received.add("any " + event.getDestinationTopic()), false);

        send(client, "/tree/a/b", "1");
        send(client, "/other/leaf", "2");
        send(client, "/other/twig", "3");
        client.subscribe(END);
        send(client, END, "4");

        await().untilAsserted(() ->
                assertThat(received).containsExactlyInAnyOrder("1", "any /tree/a/b", "any /other/leaf", "any " + END));
        client.removeEventCallback("/tree/#", note);
        assertThat(client.getSubscriptions()).containsExactlyInAnyOrder("/+/leaf", END);
    }

    @Test
    void an_event_arrives_as_it_was_sent() throws Exception {
        List<Event> events = new CopyOnWriteArrayList<>();
        connectedFor(events);
        DxlClient sender = connected();
        for (int size : List.of(0, 31, 32, 65_535, 65_536, 1_000_000)) {
            Map<String, String> fields = fields(size == 0 ? 0 : 1_000);
            Set<String> brokerIds = size == 0 ? Set.of() : Set.of("{one}", "{other}");
            Event sent = new Event(sender, TOPIC);
            sent.setPayload(new byte[size]);
            sent.setClientIds(Set.of("{someone}"));
            sent.setBrokerIds(brokerIds);
            sent.setOtherFields(fields);

            sender.sendEvent(sent);

            await().until(() -> events.size() == 1);
            Event event = events.remove(0);
            assertThat(event.getDestinationTopic()).isEqualTo(TOPIC);
            assertThat(event.getMessageId()).isEqualTo(sent.getMessageId());
            assertThat(event.getPayload()).hasSize(size);
            assertThat(event.getClientIds()).containsExactly("{someone}");
            assertThat(event.getBrokerIds()).isEqualTo(brokerIds);
            assertThat(event.getOtherFields()).isEqualTo(fields);
            assertThat(event.getSourceClientId()).isEqualTo(sender.getUniqueId());
            assertThat(event.getSourceBrokerId()).isEmpty();
            assertThat(event.toBytes()).isEqualTo(sent.toBytes());
        }
    }

    private void connectedFor(List<Event> events) throws DxlException {
        connected().addEventCallback(TOPIC, events::add);
    }

    private static Map<String, String> fields(int count) {
        Map<String, String> fields = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> fields.put("Feld-" + i, "wért " + i));
        return fields;
    }

    @Test
    void ten_thousand_events_come_in_the_order_of_their_sending() throws Exception {
        DxlClientConfig config = mosquitto.config();
        config.setIncomingMessageThreadPoolSize(1);
        CLIENTS.connected(config).addEventCallback(TOPIC, note);
        DxlClient sender = connected();
        List<String> numbers =
                IntStream.range(0, 10_000).mapToObj(String::valueOf).toList();

        for (String number : numbers) {
            send(sender, TOPIC, number);
        }

        await().until(() -> received.size() >= numbers.size());
        assertThat(received).isEqualTo(numbers);
    }

    @Test
    void callbacks_run_on_all_of_ten_threads() throws Exception {
        DxlClientConfig config = mosquitto.config();
        config.setIncomingMessageThreadPoolSize(10);
        DxlClient client = CLIENTS.connected(config);
        Meeting meeting = new Meeting(10);
        client.addEventCallback(TOPIC, meeting);

        for (int i = 0; i < 10; i++) {
            send(client, TOPIC, "");
        }

        await().untilAsserted(() -> assertThat(meeting.threads).hasSize(10));
    }

    @Test
    void two_callbacks_both_get_an_event_and_one_that_throws_takes_nothing() throws Exception {
        DxlClient client = connected();
        client.addEventCallback(TOPIC, event -> {
            throw new IllegalStateException("a callback that fails");
        });
        client.addEventCallback(TOPIC, note);
        client.addEventCallback(TOPIC, note);

        send(client, TOPIC, "1");
        send(client, TOPIC, "2");

        await().untilAsserted(() -> assertThat(received).containsExactlyInAnyOrder("1", "2"));
    }
}
