package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.fabric.ClientIdentity;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys that change in their files while a client lives. */
@ParameterizedClass
@ValueSource(strings = {"jdk", "openssl"})
class ClientReloadTest {
    private static final String TOPIC = "/test/reload";
    private static final String TRUST_ALGORITHM = "ssl.TrustManagerFactory.algorithm";
    private static final Fabric FABRIC = Fabric.start();
    private static final Clients CLIENTS = new Clients();
    private static final ClientIdentity SECOND = FABRIC.newIdentity("second");

    @Parameter
    private String provider;

    @TempDir
    private Path folder;

    private final LogLines log = new LogLines("tls");
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private final Outages outages = new Outages();

    private DxlClientConfig config;

    @BeforeEach
    void configure() throws Exception {
        config = Clients.config(FABRIC, folder);
        config.setTlsProvider(provider);
    }

    @AfterEach
    void end() throws Exception {
        log.close();
        CLIENTS.disconnectAll();
        FABRIC.faults().heal();
    }

    @AfterAll
    static void stop() {
        CLIENTS.close();
        FABRIC.close();
    }

    @Test
    void changed_files_count_from_the_next_connection_on() throws Exception {
        DxlClient client = connected();
        assertIs(client, FABRIC.identity());

        put(SECOND);
        assertIs(client, FABRIC.identity());
        FABRIC.faults().cut();
        await().until(() -> outages.ready.size() == 2);

        assertIs(client, SECOND);
        assertThat(log.with("DXL0225")).hasSize(1).first().asString().contains("TlsCredentials[CN=second]");
    }

    @Test
    void what_cannot_be_used_is_told_once_and_the_old_ones_go_on() throws Exception {
        DxlClient client = connected();
        write("client.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        for (int i = 2; i < 5; i++) {
            int connections = i;
            FABRIC.faults().cut();
            await().until(() -> outages.ready.size() == connections);
        }

        assertIs(client, FABRIC.identity());
        assertThat(log.with("DXL0224"))
                .hasSize(1)
                .first()
                .asString()
                .contains("the client goes on with those that it has. The private key (" + folder.resolve("client.key")
                        + ") is damaged");

        put(SECOND);
        FABRIC.faults().cut();
        await().until(() -> outages.ready.size() == 5);
        assertIs(client, SECOND);
    }

    @Test
    void half_of_a_pair_waits_for_the_other_half() throws Exception {
        DxlClient client = connected();
        write("client.crt", SECOND.certificatePem());
        FABRIC.faults().cut();
        await().until(() -> outages.ready.size() == 2);
        assertIs(client, FABRIC.identity());

        write("client.key", SECOND.privateKeyPem());
        FABRIC.faults().cut();
        await().until(() -> outages.ready.size() == 3);
        assertIs(client, SECOND);
    }

    @Test
    void a_client_that_is_refused_connects_once_its_files_are_replaced() throws Exception {
        put(FABRIC.expiredIdentity("late"));
        config.setConnectRetries(-1);
        DxlClient client = make();
        var connecting = Clients.inBackground(() -> {
            client.connect();
            return null;
        });
        await().until(() -> client.fabricConnection().state().lastError().isPresent());

        put(SECOND);

        connecting.get(10, TimeUnit.SECONDS);
        assertIs(client, SECOND);
    }

    @Test
    void an_explicit_reload_connects_again_at_once() throws Exception {
        DxlClient client = connected();
        put(SECOND);

        client.fabricConnection().reloadCertificates().get(5, TimeUnit.SECONDS);

        assertIs(client, SECOND);
        assertThat(outages.losses).hasSize(1);
        assertThat(outages.ready).hasSize(2);
        await().until(() -> FABRIC.connectedClients() == 1);
    }

    @Test
    void an_explicit_reload_of_what_cannot_be_used_says_so_and_leaves_the_connection() throws Exception {
        DxlClient client = connected();
        Files.delete(folder.resolve("client.crt"));

        assertThatThrownBy(() -> client.fabricConnection().reloadCertificates().get(5, TimeUnit.SECONDS))
                .hasMessageContaining(
                        "The client certificate (" + folder.resolve("client.crt") + ") can't be read: no such file");

        assertThat(client.isConnected()).isTrue();
        assertThat(outages.losses).isEmpty();
        assertIs(client, FABRIC.identity());
    }

    @Test
    void an_explicit_reload_of_what_tls_does_not_take_says_so_and_leaves_the_connection() throws Exception {
        DxlClient client = connected();
        put(SECOND);
        String algorithm = Security.getProperty(TRUST_ALGORITHM);
        Security.setProperty(TRUST_ALGORITHM, "none");
        try {
            assertThatThrownBy(
                            () -> client.fabricConnection().reloadCertificates().get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(DxlException.class)
                    .hasMessageContaining("TLS can't be set up with these certificates");
        } finally {
            Security.setProperty(TRUST_ALGORITHM, algorithm);
        }

        assertThat(client.isConnected()).isTrue();
        assertThat(outages.losses).isEmpty();
        assertIs(client, FABRIC.identity());
    }

    @Test
    void an_explicit_reload_ends_the_pause_between_two_attempts() throws Exception {
        put(FABRIC.expiredIdentity("late"));
        config.setConnectRetries(-1);
        config.setReconnectDelay(600_000);
        config.setReconnectDelayMax(600_000);
        DxlClient client = make();
        var connecting = Clients.inBackground(() -> {
            client.connect();
            return null;
        });
        await().until(() -> client.fabricConnection().state().lastError().isPresent());
        put(SECOND);

        await().untilAsserted(
                        () -> client.fabricConnection().reloadCertificates().get(5, TimeUnit.SECONDS));

        connecting.get(5, TimeUnit.SECONDS);
        assertIs(client, SECOND);
    }

    @Test
    void a_client_that_left_on_purpose_is_not_connected_by_a_reload() throws Exception {
        DxlClient client = connected();
        client.disconnect();

        client.fabricConnection().reloadCertificates().get(5, TimeUnit.SECONDS);

        assertThat(client.isConnected()).isFalse();
        assertThat(client.fabricConnection().state().phase()).isEqualTo("idle");
    }

    @Test
    void a_key_store_is_opened_again_with_the_password_that_was_given() throws Exception {
        Path store = folder.resolve("client.p12");
        Files.write(store, keyStore(FABRIC.identity()));
        config = new DxlClientConfig(
                folder.resolve("ca-bundle.crt").toString(), store.toString(), "", config.getBrokerList());
        config.setReconnectDelay(50);
        char[] password = JoiningClient.PASSWORD.toCharArray();
        config.setPrivateKeyPassword(password);
        java.util.Arrays.fill(password, '*');
        DxlClient client = connected();
        Files.write(store, keyStore(SECOND));

        client.fabricConnection().reloadCertificates().get(5, TimeUnit.SECONDS);

        assertIs(client, SECOND);
    }

    @Test
    void the_end_of_the_certificate_in_use_is_told() throws Exception {
        DxlClient client = connected();
        put(FABRIC.newIdentity("soon", Duration.ofDays(5)));
        client.fabricConnection().reloadCertificates().get(5, TimeUnit.SECONDS);

        FabricConnection.Security security = client.fabricConnection().security();
        assertThat(security.certificateExpires())
                .isBetween(Instant.now().plus(Duration.ofDays(4)), Instant.now().plus(Duration.ofDays(5)));
        assertThat(security.authorityExpires()).isAfter(Instant.now().plus(Duration.ofDays(300)));
        assertThat(security.hostNameChecked()).isFalse();
        await().until(() -> log.with("DXL0223").size() == 1);
        assertThat(log.with("DXL0223").get(0)).contains("The client certificate CN=soon ends in 4 day(s), at ");
    }

    /** Told by the broker, which stamps each message with the thumbprint of its sender's certificate. */
    private void assertIs(DxlClient client, ClientIdentity identity) throws Exception {
        senders.clear();
        client.sendEvent(new Event(TOPIC));
        await().until(() -> !senders.isEmpty());
        assertThat(senders).containsExactly(identity.thumbprint());
    }

    private DxlClient connected() throws Exception {
        DxlClient client = make();
        client.connect();
        return client;
    }

    private DxlClient make() throws Exception {
        DxlClient client = CLIENTS.make(config);
        client.fabricConnection().listen(outages);
        EventCallback callback = event -> senders.add(event.getSourceClientId());
        client.addEventCallback(TOPIC, callback);
        return client;
    }

    private void put(ClientIdentity identity) throws Exception {
        write("client.crt", identity.certificatePem());
        write("client.key", identity.privateKeyPem());
    }

    /** In one step, as whoever replaces a file that is in use should. */
    private void write(String name, String content) throws Exception {
        Path fresh = Files.writeString(folder.resolve("fresh"), content);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] keyStore(ClientIdentity identity) throws Exception {
        return KeyFormatsJoinTest.keyStore(identity.certificatePem(), identity.privateKeyPem());
    }
}
