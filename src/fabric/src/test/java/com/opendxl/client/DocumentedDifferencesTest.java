package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** What docs/client.md says of values that the OpenDXL Java client's documentation leaves open. */
@ExtendWith(SharedFabric.class)
class DocumentedDifferencesTest {
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();
    private static final String TOPIC = "/documented";

    @TempDir
    private Path folder;

    @Test
    void without_a_section_for_the_proxy_its_getters_give_nothing() throws Exception {
        DxlClientConfig config = config();

        assertThat(Files.readString(folder.resolve("dxlclient.config"))).doesNotContain("[Proxy]");
        assertThat(config.getProxyAddress()).isNull();
        assertThat(config.getProxyPort()).isZero();
        assertThat(config.getProxyUserName()).isNull();
        assertThat(config.getProxyPassword()).isNull();
    }

    @Test
    void a_new_message_has_no_source_and_no_reply_topic_until_it_is_sent() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        Event event = new Event(TOPIC);
        Request request = new Request(TOPIC);
        assertThat(event.getSourceClientId()).isEmpty();
        assertThat(request.getSourceClientId()).isEmpty();
        assertThat(request.getReplyToTopic()).isEmpty();
        assertThat(new Event(client, TOPIC).getSourceClientId()).isEqualTo(client.getUniqueId());
        assertThat(new Request(client, TOPIC).getReplyToTopic()).isEmpty();

        client.sendEvent(event);
        client.asyncRequest(request);

        assertThat(event.getSourceClientId()).isEqualTo(client.getUniqueId());
        assertThat(request.getSourceClientId()).isEqualTo(client.getUniqueId());
        assertThat(request.getReplyToTopic()).isEqualTo(client.getReplyToTopic());
    }

    @Test
    void the_key_store_has_the_client_and_numbered_authorities() throws Exception {
        List<String> aliases = Collections.list(config().getKeyStore().aliases());

        assertThat(aliases)
                .startsWith("client")
                .contains("broker-ca-1")
                .allMatch(alias -> alias.matches("client|broker-ca-[1-9]\\d*"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void null_and_nothing_are_no_topics_to_subscribe_to_or_unsubscribe_from(String topic) throws Exception {
        DxlClient client = CLIENTS.make(config());
        String expected = "A topic is needed, but it is " + (topic == null ? "null" : "empty");

        assertRefused(() -> client.subscribe(topic), expected);
        assertRefused(() -> client.unsubscribe(topic), expected);
        assertThat(client.getSubscriptions()).isEmpty();
    }

    @Test
    void no_callback_can_be_added_and_to_remove_none_is_no_error() throws Exception {
        DxlClient client = CLIENTS.make(config());
        String expected = "A callback is needed for the topic '/documented', but it is null";

        assertRefused(() -> client.addEventCallback(TOPIC, null), expected);
        assertRefused(() -> client.addEventCallback(TOPIC, null, false), expected);
        assertRefused(
                () -> client.addEventCallback(null, null, false),
                "A callback is needed for all topics, but it is null");
        assertRefused(() -> client.addRequestCallback(TOPIC, null), expected);
        assertRefused(() -> client.addResponseCallback(TOPIC, null), expected);
        client.removeEventCallback(TOPIC, null);
        client.removeRequestCallback(TOPIC, null);
        client.removeResponseCallback(TOPIC, null);

        assertThat(client.getSubscriptions()).isEmpty();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private DxlClientConfig config() throws Exception {
        return Clients.config(FABRIC, folder);
    }
}
