package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedFabric.class)
class ClientSubscribeTest {
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final List<String> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void topics_are_remembered_before_connect_and_sent_at_once_after_it() throws Exception {
        DxlClient client = client();
        client.subscribe("/before");
        assertThat(client.getSubscriptions()).containsExactly("/before");

        client.connect();
        assertThat(SharedFabric.topics()).containsExactly("/before");
        client.subscribe("/after");
        assertThat(SharedFabric.topics()).containsExactly("/after", "/before");
        assertThat(client.getSubscriptions()).containsExactly("/before", "/after");
    }

    @Test
    void topics_outlive_a_disconnect() throws Exception {
        DxlClient client = client();
        client.connect();
        client.subscribe("/a");
        client.disconnect();
        assertThat(client.getSubscriptions()).containsExactly("/a");

        client.subscribe("/b");
        client.connect();
        assertThat(SharedFabric.topics()).containsExactly("/a", "/b");
    }

    @Test
    void a_topic_subscribed_twice_comes_once() throws Exception {
        DxlClient client = client();
        client.addEventCallback("/a", event -> received.add(new String(event.getPayload(), UTF_8)));
        client.subscribe("/a");
        client.connect();
        client.subscribe("/a");

        FABRIC.publish("/a", "1".getBytes(UTF_8));
        FABRIC.publish("/a", "2".getBytes(UTF_8));

        await().untilAsserted(() -> assertThat(received).containsExactly("1", "2"));
        assertThat(client.getSubscriptions()).containsExactly("/a");
    }

    @Test
    void an_ended_subscription_is_ended_at_the_broker_and_forgotten() throws Exception {
        DxlClient client = client();
        client.subscribe("/a");
        client.subscribe("/b");
        client.subscribe("/c");
        client.unsubscribe("/a");
        client.connect();
        assertThat(SharedFabric.topics()).containsExactly("/b", "/c");

        client.unsubscribe("/b");
        assertThat(SharedFabric.topics()).containsExactly("/c");

        client.reconnect();
        assertThat(SharedFabric.topics()).containsExactly("/c");
        client.disconnect();
        client.unsubscribe("/c");
        assertThat(client.getSubscriptions()).isEmpty();
    }

    @Test
    void ending_what_was_not_subscribed_is_no_error() throws Exception {
        DxlClient client = client();
        client.unsubscribe("/a");
        client.connect();
        client.unsubscribe("/a");

        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void an_ended_subscription_can_be_made_again() throws Exception {
        DxlClient client = client();
        client.connect();
        client.subscribe("/a");
        client.unsubscribe("/a");
        client.subscribe("/a");

        assertThat(SharedFabric.topics()).containsExactly("/a");
    }

    @Test
    void wildcards_are_the_brokers_and_a_trailing_one_reaches_its_callback() throws Exception {
        DxlClient client = client();
        client.connect();
        client.addEventCallback("/a/#", event -> received.add(event.getDestinationTopic()));
        client.subscribe("/+/b");

        for (String topic : List.of("/a/b/c", "/a", "/x/b", "/a/d")) {
            FABRIC.publish(topic, new byte[0]);
        }

        await().untilAsserted(() -> assertThat(received).containsExactly("/a/b/c", "/a/d"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"/a#", "/a/#/b", "#/a", "/a+", "/+a/b", "/a/++", "/a\0b"})
    void a_topic_that_would_end_the_connection_is_refused_and_changes_nothing(String topic) throws Exception {
        DxlClient client = client();
        client.connect();

        assertThatThrownBy(() -> client.subscribe(topic)).isInstanceOf(IllegalArgumentException.class);
        if (topic != null) {
            assertThatThrownBy(() -> client.addEventCallback(topic, event -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(client.getSubscriptions()).isEmpty();
        client.subscribe("/still/there");
        assertThat(SharedFabric.topics()).containsExactly("/still/there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "/#", "/+/a/+/#", "+/+", "/a//b", "/", "/Größe/#"})
    void every_proper_topic_is_accepted(String topic) throws Exception {
        DxlClient client = client();
        client.connect();

        client.subscribe(topic);

        assertThat(SharedFabric.topics()).containsExactly(topic);
    }

    @Test
    void the_set_of_topics_is_a_copy() throws Exception {
        DxlClient client = client();
        client.subscribe("/a");

        client.getSubscriptions().clear();

        assertThat(client.getSubscriptions()).containsExactly("/a");
    }

    @Test
    void a_thousand_topics_are_restored() throws Exception {
        DxlClient client = client();
        for (int i = 0; i < 1_000; i++) {
            client.subscribe("/topic/" + i);
        }
        client.connect();
        assertThat(SharedFabric.topics()).hasSize(1_000);

        client.reconnect();
        assertThat(SharedFabric.topics()).hasSize(1_000);
    }

    private DxlClient client() throws DxlException {
        return CLIENTS.make(Clients.config(FABRIC, folder));
    }
}
