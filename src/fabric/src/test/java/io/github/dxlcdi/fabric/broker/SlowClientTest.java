package io.github.dxlcdi.fabric.broker;

import static io.github.dxlcdi.fabric.RawClient.CONNACK_OK;
import static io.github.dxlcdi.fabric.RawClient.connect;
import static io.github.dxlcdi.fabric.RawClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.fabric.ClientIdentity;
import io.github.dxlcdi.fabric.RawClient;
import io.github.dxlcdi.fabric.Tls;
import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import java.security.KeyPair;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class SlowClientTest {
    private static final int BODY = 64 * 1024;
    private static final int PENDING_LIMIT = 1024 * 1024;
    private static final int MANY = 1_000;

    /** One byte of type, three of length, two of the topic's length, and the topic. */
    private static final int PACKET = BODY + 1 + 3 + 2 + "/slow".length();

    private static final Sender ENDPOINT = Sender.connecting("root", "endpoint");

    @Test
    void a_client_that_does_not_read_loses_messages_that_are_counted_and_others_do_not() throws Exception {
        Authority authority = new Authority();
        KeyPair key = Authority.makeKey().join();
        Identity client = authority.issueClient("client", key);
        SSLContext tls = Tls.context(
                Identity.pem(authority.certificate()),
                new ClientIdentity(client.certificatePem(), client.privateKeyPem(), ""));
        BrokerSettings settings = new BrokerSettings(
                "broker", 0, List.of("TLSv1.2", "TLSv1.3"), PENDING_LIMIT, PENDING_LIMIT, false, false);
        try (EventLoop loop = new EventLoop("dxl-test");
                Broker broker = new Broker(loop, settings)) {
            broker.serve(authority.issueBroker("broker", key), authority.certificate());
            try (RawClient slow = join(broker, tls, "/slow");
                    RawClient quick = join(broker, tls, "/quick")) {
                byte[] body = new byte[BODY];
                for (int i = 0; i < MANY; i++) {
                    broker.publish(ENDPOINT, "/slow", body);
                }
                assertThat(broker.dropped()).isPositive().isLessThan(MANY);
                broker.publish(ENDPOINT, "/quick", new byte[] {1});
                quick.expect("3009" + "00062f717569636b" + "01");

                long before = broker.dropped();
                slow.skip((int) (MANY - before), PACKET);
                broker.publish(ENDPOINT, "/slow", body);
                slow.skip(1, PACKET);
                assertThat(broker.dropped()).isEqualTo(before);
            }
        }
    }

    private static RawClient join(Broker broker, SSLContext tls, String topic) throws Exception {
        return RawClient.open(broker.port(), tls)
                .send(connect("MQTT", 4, 0x02, 0))
                .expect(CONNACK_OK)
                .send(subscribe(1, topic, 0))
                .expect("9003000100");
    }
}
