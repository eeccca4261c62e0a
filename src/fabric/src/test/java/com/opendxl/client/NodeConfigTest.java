package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.NodePeer;
import io.github.dxlcdi.fabric.Peer;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The OpenDXL client for Node.js, by other people's hands, reads what we write, and means what we read. */
@ExtendWith(FabricExtension.class)
class NodeConfigTest {
    private static final String TOPIC = "/test/node/config";

    @TempDir
    private Path folder;

    private Path file;
    private NodePeer node;

    @BeforeEach
    void provision(Fabric fabric) throws Exception {
        node = NodePeer.join(fabric, folder);
        file = folder.resolve("dxlclient.config");
    }

    @Test
    void it_connects_with_a_file_that_we_have_changed(Fabric fabric) throws Exception {
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(file.toString());
        config.setUniqueId("{configured}");
        config.addBroker(new Broker("9a4c1f60", fabric.port(), "localhost", null));
        config.getBrokerList().remove(0);
        config.write(file.toString());

        assertThat(published(fabric))
                .containsEntry("clientId", "{configured}")
                .containsEntry("useWebSockets", false)
                .containsEntry(
                        "brokers",
                        List.of(Map.of(
                                "hosts", List.of("localhost"), "uniqueId", "{9a4c1f60}", "port", fabric.port())));
    }

    @Test
    void it_connects_with_a_file_that_we_have_made(Fabric fabric) throws Exception {
        DxlClientConfig made = new DxlClientConfig(
                folder.resolve("ca-bundle.crt").toString(),
                folder.resolve("client.crt").toString(),
                folder.resolve("client.key").toString(),
                List.of(new Broker(fabric.brokerId(), fabric.port(), "localhost", "127.0.0.1")));
        made.write(file.toString());

        assertThat(published(fabric).get("brokers"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void it_reads_proxy_and_web_sockets_that_we_have_written(Fabric fabric) throws Exception {
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(file.toString());
        config.setWebSocketBrokers(List.of(new Broker("b", 443, "2001:db8::5", "192.0.2.1", true)));
        config.setUseWebSockets(true);
        config.setProxyAddress("proxy.example.org");
        config.setProxyPort(3128);
        config.setProxyUserName("alice");
        for (String password : List.of("s;e=c:r e#t", "a,b", "a\\b,c", "it's", "\"a")) {
            config.setProxyPassword(password.toCharArray());
            config.write(file.toString());

            Map<String, Object> read = read();
            assertThat(read)
                    .containsEntry("useWebSockets", true)
                    .containsEntry(
                            "brokers",
                            List.of(Map.of("hosts", List.of("2001:db8::5", "192.0.2.1"), "uniqueId", "b", "port", 443)))
                    .containsEntry(
                            "proxy",
                            Map.of(
                                    "address",
                                    "proxy.example.org",
                                    "port",
                                    3128,
                                    "user",
                                    "alice",
                                    "password",
                                    password));
        }
    }

    @Test
    void what_it_reads_in_a_file_we_read_too(Fabric fabric) throws Exception {
        Files.writeString(file, """
                ; a comment
                [General]
                UseWebSockets = false
                ClientId = '{me}'
                [Certs]
                  BrokerCertChain = "ca-bundle.crt"
                  CertFile=client.crt
                  PrivateKey=client.key
                [BrokersWebSockets]
                w=w;443;one;two
                [Proxy]
                Address=proxy
                Port=3128
                User=alice
                Password=a;b#c
                """);

        Map<String, Object> theirs = read();
        DxlClientConfig ours = DxlClientConfig.createDxlConfigFromFile(file.toString());

        assertThat(ours.getUniqueId()).isEqualTo(theirs.get("clientId"));
        assertThat(ours.isUseWebSockets())
                .isEqualTo(theirs.get("useWebSockets"))
                .isTrue();
        assertThat(theirs.get("brokers").toString()).contains("w", "443", "one", "two");
        assertThat(ours.getInUseBrokerList()).containsExactly(new Broker("w", 443, "one", "two"));
        assertThat(theirs.get("proxy").toString()).contains("a;b#c");
        assertThat(ours.getProxyPassword()).containsExactly("a;b#c".toCharArray());
    }

    /** What it reads; and with it a client that has no other configuration publishes an event that arrives. */
    private Map<String, Object> published(Fabric fabric) throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe(TOPIC)) {
            Map<String, Object> read = node.run("read-config.cjs", TOPIC, "from Node.js");
            assertThat(new String(peer.next().body(), UTF_8)).contains("from Node.js");
            return read;
        }
    }

    private Map<String, Object> read() throws Exception {
        return node.run("read-config.cjs");
    }
}
