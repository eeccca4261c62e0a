package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf(value = "hasIpv6", disabledReason = "This machine has no ::1")
class Ipv6Test {
    @RegisterExtension
    static final OwnFabric OWN = new OwnFabric(Fabric.builder().ipv6(true).webSockets(true));

    private static final Clients CLIENTS = OWN.clients();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"::1, false", "::1, true", "[::1], false", "[0:0:0:0:0:0:0:1], true"})
    void a_client_comes_by_an_ipv6_address(String host, boolean webSocket) throws Exception {
        int port = webSocket ? OWN.fabric().webSocketPort() : OWN.fabric().port();
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
        int port = webSocket ? OWN.fabric().webSocketPort() : OWN.fabric().port();
        try (ConnectProxy proxy = new ConnectProxy(InetAddress.getByName("::1"), null)) {
            DxlClientConfig config = config("b;" + port + ";::1", webSocket);
            config.setProxyAddress("::1");
            config.setProxyPort(proxy.port());

            CLIENTS.connected(config);

            assertThat(proxy.requests).containsExactly("CONNECT [::1]:" + port + " HTTP/1.1");
        }
    }

    private DxlClientConfig config(String line, boolean webSocket) throws Exception {
        DxlClientConfig config = Clients.config(OWN.fabric(), folder);
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
