package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6Test {
    private static final Clients CLIENTS = new Clients();
    private static Fabric fabric;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        assumeTrue(hasIpv6(), "This machine has no ::1");
        fabric = Fabric.builder().ipv6(true).webSockets(true).start();
    }

    @AfterEach
    void disconnect() throws DxlException {
        CLIENTS.disconnectAll();
    }

    @AfterAll
    static void stop() {
        CLIENTS.close();
        if (fabric != null) {
            fabric.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"::1, false", "::1, true", "[::1], false", "[0:0:0:0:0:0:0:1], true"})
    void a_client_comes_by_an_ipv6_address(String host, boolean webSocket) throws Exception {
        int port = webSocket ? fabric.webSocketPort() : fabric.port();
        DxlClient client = CLIENTS.connected(config("b;" + port + ";" + host + ";" + host, webSocket));

        List<Event> events = new CopyOnWriteArrayList<>();
        client.addEventCallback("/t", events::add);
        client.sendEvent(new Event("/t"));
        await().until(() -> events.size() == 1);

        assertThat(client.getCurrentBroker().toString())
                .startsWith((webSocket ? "wss" : "ssl") + "://[")
                .endsWith("1]:" + port);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void an_ipv6_broker_is_reached_through_an_ipv6_proxy_with_brackets_around_it(boolean webSocket) throws Exception {
        int port = webSocket ? fabric.webSocketPort() : fabric.port();
        try (ConnectProxy proxy = new ConnectProxy(InetAddress.getByName("::1"), null)) {
            DxlClientConfig config = config("b;" + port + ";::1", webSocket);
            config.setProxyAddress("::1");
            config.setProxyPort(proxy.port());

            CLIENTS.connected(config);

            assertThat(proxy.requests).containsExactly("CONNECT [::1]:" + port + " HTTP/1.1");
        }
    }

    private DxlClientConfig config(String line, boolean webSocket) throws Exception {
        DxlClientConfig config = Clients.config(fabric, folder);
        config.getBrokerList().clear();
        config.getBrokerList().add(Broker.parse(line, webSocket));
        return config;
    }

    static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
