package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts end in {@code .invalid} here, which no name service knows: only the proxy finds them. */
class ProxyTest {
    private static final String HOST = "broker.dxl.invalid";
    private static final String PASSWORD = "sécret: one";

    @RegisterExtension
    static final OwnFabric OWN = new OwnFabric(Fabric.builder().webSockets(true));

    private static final Clients CLIENTS = OWN.clients();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void a_client_comes_through_the_proxy_and_only_there(boolean webSocket, boolean login) throws Exception {
        try (ConnectProxy proxy = login ? new ConnectProxy("alice:" + PASSWORD) : new ConnectProxy()) {
            DxlClientConfig config = config(proxy.port(), webSocket);
            if (login) {
                config.setProxyUserName("alice");
                config.setProxyPassword(PASSWORD.toCharArray());
            }
            DxlClient client = CLIENTS.connected(config);
            List<Event> events = new CopyOnWriteArrayList<>();
            client.addEventCallback("/t", events::add);
            client.sendEvent(new Event("/t"));
            await().until(() -> events.size() == 1);

            String authority = HOST + ":"
                    + (webSocket ? OWN.fabric().webSocketPort() : OWN.fabric().port());
            assertThat(proxy.tunnels).containsExactly(authority);
            assertThat(proxy.requests).containsExactly("CONNECT " + authority + " HTTP/1.1");
            assertThat(OWN.fabric().connectedClients()).isEqualTo(1);

            client.setDisconnectedStrategy(null);
            proxy.close();
            await().until(() -> !client.isConnected());
        }
    }

    @Test
    void brokers_behind_a_proxy_are_tried_as_they_are_listed_and_called_only_then() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy() {
            @Override
            String refusal(String authority) {
                return authority.startsWith("away") ? "502 Bad Gateway" : null;
            }
        }) {
            DxlClientConfig config = config(proxy.port(), false);
            config.getBrokerList().add(0, new Broker("a", 8883, "away.dxl.invalid", "away2.dxl.invalid"));
            config.getBrokerList().add(new Broker("c", 8883, "never.dxl.invalid", null));

            CLIENTS.connected(config);

            assertThat(proxy.requests)
                    .containsExactly(
                            "CONNECT away.dxl.invalid:8883 HTTP/1.1",
                            "CONNECT away2.dxl.invalid:8883 HTTP/1.1",
                            "CONNECT " + HOST + ":" + OWN.fabric().port() + " HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({HOST + ", " + HOST, "2001:db8::5,", "192.0.2.5,"})
    void the_broker_is_told_the_name_it_is_called_by_unless_that_is_an_address(String host, String name)
            throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        try (ConnectProxy proxy = new ConnectProxy();
                ScriptedBroker broker = new ScriptedBroker() {
                    @Override
                    void onOpen(Socket socket) throws IOException {
                        SSLSocket tls = (SSLSocket) socket;
                        tls.startHandshake();
                        ((ExtendedSSLSession) tls.getSession())
                                .getRequestedServerNames()
                                .forEach(asked -> names.add(new String(asked.getEncoded(), UTF_8)));
                    }
                }) {
            DxlClientConfig config = ScriptedBroker.configFor(new Broker("b", broker.port(), host, null));
            config.setProxyAddress("localhost");
            config.setProxyPort(proxy.port());

            CLIENTS.connected(config);

            assertThat(names).isEqualTo(name == null ? List.of() : List.of(name));
        }
    }

    @Test
    void nothing_of_the_jvm_is_changed() throws Exception {
        Properties before = (Properties) System.getProperties().clone();
        Authenticator authenticator = Authenticator.getDefault();
        try (ConnectProxy proxy = new ConnectProxy("alice:" + PASSWORD)) {
            DxlClientConfig config = config(proxy.port(), false);
            config.setProxyUserName("alice");
            config.setProxyPassword(PASSWORD.toCharArray());
            CLIENTS.connected(config);

            assertThat(System.getProperties()).isEqualTo(before);
            assertThat(Authenticator.getDefault()).isSameAs(authenticator);
        }
    }

    @Test
    void a_wrong_login_is_told_with_its_user_and_without_its_password() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy("alice:other")) {
            DxlClientConfig config = config(proxy.port(), false);
            config.setProxyUserName("alice");
            config.setProxyPassword(PASSWORD.toCharArray());

            assertThatThrownBy(CLIENTS.make(config)::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("the HTTP proxy localhost:" + proxy.port() + " opened no tunnel to " + HOST)
                    .hasMessageContaining("407")
                    .hasMessageContaining("does not accept the login of 'alice': check user and password of the proxy")
                    .hasMessageNotContaining("cret")
                    .hasStackTraceContaining("407")
                    .satisfies(e -> assertThat(config.getProxyPassword()).isEqualTo(PASSWORD.toCharArray()));
        }
    }

    @Test
    void a_login_that_is_missing_is_told() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy("alice:" + PASSWORD)) {
            assertThatThrownBy(CLIENTS.make(config(proxy.port(), false))::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("it wants a login: configure user and password of the proxy");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403 Forbidden, it has to allow CONNECT to the broker's port",
        "502 Bad Gateway, it can't reach the broker",
        "'407 Login\r\nProxy-Authenticate: Negotiate', another scheme than Basic",
        "418 I'm a teapot, its log says more"
    })
    void a_refusal_is_told_with_its_status_and_a_remedy(String answer, String remedy) throws Exception {
        try (ConnectProxy proxy = new ConnectProxy() {
            @Override
            String refusal(String authority) {
                return answer;
            }
        }) {
            assertThatThrownBy(CLIENTS.make(config(proxy.port(), true))::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining(
                            "HTTP status " + answer.lines().findFirst().orElseThrow())
                    .hasMessageContaining(remedy);
        }
    }

    @Test
    void a_proxy_that_does_not_run_is_told() throws Exception {
        int port = ScriptedBroker.deadPort();

        assertThatThrownBy(CLIENTS.make(config(port, false))::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(HOST + ":" + OWN.fabric().port() + ": the HTTP proxy localhost:" + port)
                .hasMessageContaining("can't be reached: Connection refused")
                .hasMessageContaining("check the proxy's address and port");
    }

    @Test
    void a_proxy_that_nobody_knows_is_told() throws Exception {
        DxlClientConfig config = config(3128, false);
        config.setProxyAddress("proxy.dxl.invalid");

        assertThatThrownBy(CLIENTS.make(config)::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("the name of the HTTP proxy proxy.dxl.invalid:3128 could not be looked up");
    }

    @Test
    void a_proxy_that_says_nothing_is_given_up_after_the_connect_timeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            DxlClientConfig config = config(silent.getLocalPort(), false);
            config.setConnectTimeout(1);
            DxlClient client = CLIENTS.make(config);
            long start = System.nanoTime();

            assertThatThrownBy(client::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("did not open a tunnel to " + HOST)
                    .hasMessageContaining("within 1000 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-x\r\n\r\n"})
    void what_is_no_proxy_is_told(String greeting) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ScriptedBroker.daemon(() -> {
                try (var socket = other.accept()) {
                    WebSocketTest.head(socket.getInputStream());
                    socket.getOutputStream().write(greeting.getBytes());
                } catch (IOException e) {
                    // The end of the test.
                }
            });

            assertThatThrownBy(CLIENTS.make(config(other.getLocalPort(), false))::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("the HTTP proxy localhost:" + other.getLocalPort())
                    .hasMessageContaining(
                            greeting.isEmpty() ? "closed the connection before it opened a tunnel" : "is none");
        }
    }

    private DxlClientConfig config(int proxyPort, boolean webSocket) throws DxlException {
        DxlClientConfig config = Clients.config(OWN.fabric(), folder);
        int port = webSocket ? OWN.fabric().webSocketPort() : OWN.fabric().port();
        Broker broker = new Broker("b", port, HOST, null);
        broker.setProtocol(webSocket ? Broker.WSS_PROTOCOL : Broker.SSL_PROTOCOL);
        config.getBrokerList().clear();
        config.getBrokerList().add(broker);
        config.setProxyAddress("localhost");
        config.setProxyPort(proxyPort);
        return config;
    }
}
