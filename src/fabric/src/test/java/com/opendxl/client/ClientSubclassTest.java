package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a subclass of the client may do, and the topic of the answers. */
@ExtendWith(SharedFabric.class)
class ClientSubclassTest {
    private static final String TOPIC = "/service/echo";
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private Late client;

    @TempDir
    private Path folder;

    /** Is put together only when it wants. */
    private static final class Late extends DxlClient {
        private boolean told;

        Late(DxlClientConfig config) throws DxlException {
            super(config, false);
        }

        @Override
        protected void connect(boolean reconnect) throws DxlException {
            told = reconnect;
            super.connect(reconnect);
        }
    }

    @AfterEach
    void close() throws Exception {
        client.close();
    }

    @Test
    void without_init_it_knows_its_configuration_and_nothing_else() throws Exception {
        client = new Late(config());

        assertThat(client.getUniqueId()).isEqualTo(client.getConfig().getUniqueId());
        assertThatThrownBy(client::checkInitialized).isInstanceOf(DxlException.class);
        assertThatThrownBy(client::connect).isInstanceOf(DxlException.class).hasMessageContaining("call init() first");
        assertThatThrownBy(client::getSubscriptions).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void after_init_it_connects_and_asks() throws Exception {
        client = new Late(config());
        client.init();
        client.subscribe("/kept");
        client.init();
        client.checkInitialized();
        new Responder(CLIENTS.connected(config())).echo(TOPIC);

        client.connect();
        assertThat(client.told).isFalse();
        assertThat(client.getSubscriptions()).containsExactly("/kept");
        assertThat(text(client.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");
        client.reconnect();
        assertThat(client.told).isTrue();
    }

    @Test
    void the_current_broker_may_be_told_otherwise() throws Exception {
        client = new Late(config());
        client.init();
        client.connect();
        Broker real = client.getCurrentBroker();
        Broker other = new Broker("other", 1, "other", null);

        client.setCurrentBroker(other);
        assertThat(client.getCurrentBroker()).isSameAs(other);
        client.setCurrentBroker(null);
        assertThat(client.getCurrentBroker()).isEqualTo(real);
    }

    @Test
    void answers_may_come_on_another_topic() throws Exception {
        client = new Late(config());
        client.init();
        assertThat(client.getReplyToTopic()).isEqualTo("/mcafee/client/" + client.getUniqueId());
        new Responder(CLIENTS.connected(config())).echo(TOPIC);
        client.connect();

        client.setReplyToTopic("/answers/here");
        await().until(() -> FABRIC.subscriptions().contains("/answers/here"));
        assertThat(client.syncRequest(request(TOPIC, ""), 5_000).getDestinationTopic())
                .isEqualTo("/answers/here");
        client.reconnect();

        assertThat(FABRIC.subscriptions())
                .contains("/answers/here")
                .doesNotContain("/mcafee/client/" + client.getUniqueId());
        assertThat(client.syncRequest(request(TOPIC, ""), 5_000).getDestinationTopic())
                .isEqualTo("/answers/here");
    }

    @Test
    void the_topic_of_the_answers_is_there_when_it_is_ready_but_nobody_is_told_of_it() throws Exception {
        client = new Late(config());
        client.init();
        client.connect();

        assertThat(FABRIC.subscriptions()).containsExactly("/mcafee/client/" + client.getUniqueId());
        assertThat(client.getSubscriptions()).isEmpty();
        assertThat(client.fabricConnection().state().subscriptions()).isZero();
        client.unsubscribe(client.getReplyToTopic());
        assertThat(FABRIC.subscriptions()).containsExactly("/mcafee/client/" + client.getUniqueId());
    }

    @Test
    void a_broker_that_refuses_the_topic_of_the_answers_has_us_all_the_same() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void onSubscribeToAnswers(Peer peer, int packetId) throws IOException {
                peer.suback(packetId, 0x80);
            }
        }) {
            client = new Late(broker.config());
            client.init();
            client.subscribe("/a");

            client.connect();

            assertThat(client.isConnected()).isTrue();
            assertThat(client.getSubscriptions()).containsExactly("/a");
        }
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
