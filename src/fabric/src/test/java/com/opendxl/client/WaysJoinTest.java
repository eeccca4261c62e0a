package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.ChildJvm;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Jdks;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fabric is joined by each way that there is to it, on our JDK and on a newer one, in a JVM of its own. */
class WaysJoinTest {
    /** A name that only the proxy can look up. */
    private static final String BEHIND_THE_PROXY = "broker.dxl.invalid";

    private static final String USER = "alice";
    private static final String PASSWORD = "sécret: one";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> configs = new ArrayList<>();
    private Fabric fabric;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        if (fabric != null) {
            fabric.close();
        }
    }

    @ParameterizedTest(name = "JDK {0}")
    @ValueSource(ints = {17, 25})
    void by_tcp_and_web_socket_directly_and_through_a_proxy_with_a_login(int jdk) throws Exception {
        assumeJdk(jdk);
        fabric = Fabric.builder().webSockets(true).start();
        try (ConnectProxy proxy = new ConnectProxy(USER + ":" + PASSWORD)) {
            for (boolean webSocket : List.of(false, true)) {
                write(webSocket, "localhost");
                DxlClientConfig config = config(webSocket, BEHIND_THE_PROXY);
                proxy(config, "localhost", proxy.port());
                write(config);
            }

            assertThat(joined(jdk))
                    .containsExactly(
                            "ssl://localhost:" + fabric.port(),
                            "ssl://" + BEHIND_THE_PROXY + ":" + fabric.port(),
                            "wss://localhost:" + fabric.webSocketPort(),
                            "wss://" + BEHIND_THE_PROXY + ":" + fabric.webSocketPort());
            assertThat(proxy.tunnels)
                    .containsExactly(
                            BEHIND_THE_PROXY + ":" + fabric.port(), BEHIND_THE_PROXY + ":" + fabric.webSocketPort());
        }
    }

    @ParameterizedTest(name = "JDK {0}")
    @ValueSource(ints = {17, 25})
    void by_ipv6_directly_and_through_a_proxy_with_a_login(int jdk) throws Exception {
        assumeTrue(Ipv6Test.hasIpv6(), "This machine has no ::1");
        assumeJdk(jdk);
        fabric = Fabric.builder().webSockets(true).ipv6(true).start();
        try (ConnectProxy proxy = new ConnectProxy(InetAddress.getByName("::1"), USER + ":" + PASSWORD)) {
            write(false, "::1");
            write(true, "::1");
            DxlClientConfig config = config(false, "::1");
            proxy(config, "::1", proxy.port());
            write(config);

            assertThat(joined(jdk))
                    .containsExactly(
                            "ssl://[::1]:" + fabric.port(),
                            "wss://[::1]:" + fabric.webSocketPort(),
                            "ssl://[::1]:" + fabric.port());
            assertThat(proxy.tunnels).containsExactly("[::1]:" + fabric.port());
        }
    }

    @ParameterizedTest(name = "JDK {0}")
    @ValueSource(ints = {17, 25})
    void over_epoll_and_with_openssl_where_they_are_on_the_class_path(int jdk) throws Exception {
        assumeJdk(jdk);
        fabric = Fabric.builder().webSockets(true).start();
        write(false, "localhost");
        write(true, "localhost");

        assertThat(joined(jdk, true))
                .containsExactly("ssl://localhost:" + fabric.port(), "wss://localhost:" + fabric.webSocketPort());
    }

    private List<String> joined(int jdk) throws Exception {
        return joined(jdk, false);
    }

    /** The brokers that a JVM of this JDK was joined to, with the configurations that were written. */
    private List<String> joined(int jdk, boolean withNatives) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                Jdks.of(jdk).orElseThrow(),
                JoiningClient.classPath(withNatives),
                Joining.class,
                List.of(),
                configs.toArray(String[]::new))) {
            assertThat(child.await("joined", PATIENCE)).as("its version").isEqualTo(jdk);
            assertThat(child.lines()).noneMatch(line -> line.startsWith("REFUSED"));
            return child.lines().stream()
                    .filter(line -> line.startsWith("JOINED "))
                    .map(line -> line.substring("JOINED ".length()))
                    .toList();
        }
    }

    private static void assumeJdk(int jdk) {
        assumeTrue(Jdks.of(jdk).isPresent(), "there is no JDK " + jdk + " beside this one");
    }

    private void write(boolean webSocket, String host) throws Exception {
        write(config(webSocket, host));
    }

    private void write(DxlClientConfig config) throws Exception {
        String file = folder.resolve(configs.size() + ".config").toString();
        config.write(file);
        configs.add(file);
    }

    private DxlClientConfig config(boolean webSocket, String host) throws DxlException {
        DxlClientConfig config = Clients.config(fabric, folder);
        int port = webSocket ? fabric.webSocketPort() : fabric.port();
        List<Broker> brokers = List.of(new Broker("b", port, host, null, webSocket));
        config.setBrokers(webSocket ? List.of() : brokers);
        config.setWebSocketBrokers(webSocket ? brokers : List.of());
        config.setUseWebSockets(webSocket);
        return config;
    }

    private static void proxy(DxlClientConfig config, String host, int port) {
        config.setProxyAddress(host);
        config.setProxyPort(port);
        config.setProxyUserName(USER);
        config.setProxyPassword(PASSWORD.toCharArray());
    }

    /** A program that joins with one configuration after the other, and hears an event of its own there. */
    static final class Joining {
        private static final String TOPIC = "/joining";

        private Joining() {}

        public static void main(String[] files) {
            for (String file : files) {
                try {
                    System.out.println("JOINED " + join(file));
                } catch (Exception e) {
                    System.out.println("REFUSED " + e.getMessage());
                }
            }
            System.out.println("joined " + Runtime.version().feature());
            // To close each client takes longer than to join.
            Runtime.getRuntime().halt(0);
        }

        private static Broker join(String file) throws Exception {
            DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(file);
            config.setConnectRetries(0);
            DxlClient client = new DxlClient(config);
            CountDownLatch heard = new CountDownLatch(1);
            client.connect();
            client.addEventCallback(TOPIC, event -> heard.countDown());
            client.sendEvent(new Event(TOPIC));
            if (!heard.await(10, TimeUnit.SECONDS)) {
                throw new DxlException("The event did not come back");
            }
            return client.getCurrentBroker();
        }
    }
}
