package io.github.dxlcdi.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.connection.ConnectionStatus.Phase;
import io.github.dxlcdi.client.tls.CredentialSource;
import io.github.dxlcdi.client.tls.TlsCredentials;
import io.github.dxlcdi.client.tls.TlsProvider;
import io.github.dxlcdi.client.tls.TlsRules;
import io.github.dxlcdi.client.transport.LeaveTimeout;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What needs no broker; the rest is tested against a fabric. */
class ConnectionTest {
    private static final String TRUST_ALGORITHM = "ssl.TrustManagerFactory.algorithm";

    /** Neither a name nor an address, so nobody is asked for it. */
    private static final String NO_HOST = "[:";

    private final String trustAlgorithm = Security.getProperty(TRUST_ALGORITHM);

    private Connection connection = connection(List.of(new BrokerAddress("b", 1, "127.0.0.1", "", false)));

    @AfterEach
    void close() {
        Security.setProperty(TRUST_ALGORITHM, trustAlgorithm);
        connection.close(LeaveTimeout.of(Duration.ZERO));
    }

    @Test
    void certificates_that_tls_does_not_take_fail_the_attempt_and_leave_the_state_idle() {
        Security.setProperty(TRUST_ALGORITHM, "none");

        CompletableFuture<Void> connecting = connection.connect(1);

        assertThatThrownBy(() -> connecting.get(10, TimeUnit.SECONDS))
                .hasMessageContaining("TLS can't be set up with these certificates");
        assertThat(connection.status().phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void before_the_first_connect_nothing_waits() {
        assertThat(connection.subscribe("/a")).isCompleted();
        assertThat(connection.subscribe("/b")).isCompleted();
        assertThat(connection.unsubscribe("/a")).isCompleted();
        assertThat(connection.disconnect()).isCompleted();
        assertThat(connection.publish("/a", new byte[0])).isCompletedExceptionally();

        assertThat(connection.subscriptions()).containsExactly("/b");
        assertThat(connection.status().phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void once_closed_it_says_so() {
        connection.close(LeaveTimeout.of(Duration.ZERO));

        assertThat(connection.status().phase()).isEqualTo(Phase.CLOSED);
        assertThat(connection.connect(1)).isCompletedExceptionally();
    }

    /** Each failure was a few frames deeper in the stack than the one before. */
    @Test
    void thousands_of_brokers_that_fail_at_once_end_an_attempt_in_the_usual_way() {
        connection = connection(IntStream.range(0, 5_000)
                .mapToObj(i -> new BrokerAddress("b" + i, 1, NO_HOST, "", false))
                .toList());

        assertThat(connection.connect(1))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withMessageContaining("No broker could be connected: [[:]:1: the host name could not");
        assertThat(connection.status().phase()).isEqualTo(Phase.IDLE);
    }

    private static Connection connection(List<BrokerAddress> brokers) {
        return new Connection(
                new ConnectionSettings(
                        "client",
                        brokers,
                        Optional.empty(),
                        CredentialSource.of(credentials()),
                        TlsRules.of(TlsProvider.JDK, false),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        new BackOff.Settings(Duration.ofMillis(10), Duration.ofMillis(10), 1, 0)),
                new NoInbox(),
                new NoListener());
    }

    private static TlsCredentials credentials() {
        try {
            X509Bundle own = new CertificateBuilder()
                    .ecp256()
                    .setIsCertificateAuthority(true)
                    .subject("CN=own")
                    .buildSelfSigned();
            return new TlsCredentials(
                    List.of(own.getCertificate()),
                    List.of(own.getCertificate()),
                    own.getKeyPair().getPrivate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record NoInbox() implements Inbox {
        @Override
        public void add(String topic, byte[] body) {}

        @Override
        public void addedAll() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public boolean isReserveUsedUp() {
            return false;
        }

        @Override
        public boolean awaitsAnswer() {
            return false;
        }

        @Override
        public void giveUpAnswers() {}

        @Override
        public void onRoom(Runnable task) {}
    }

    private record NoListener() implements Connection.Listener {
        @Override
        public void ready(BrokerAddress broker, Instant at) {}

        @Override
        public void lost(BrokerAddress broker, Instant lastHeard, String reason, boolean onPurpose) {}
    }
}
