package io.github.dxlcdi.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dxlcdi.client.tls.CredentialSource;
import io.github.dxlcdi.client.tls.LogLines;
import io.github.dxlcdi.client.tls.TlsCredentials;
import io.github.dxlcdi.client.tls.TlsProvider;
import io.github.dxlcdi.client.tls.TlsRules;
import io.github.dxlcdi.client.transport.EventLoop;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCounted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the memory outside of the heap, and the daily look at the certificates. */
class TlsSetupTest {
    private static final Path KEYS = Path.of("src/test/resources/keys");

    @TempDir
    private Path folder;

    private final EventLoop loop = new EventLoop("tls-setup-test");
    private CredentialSource source;
    private TlsSetup tls;

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue(OpenSsl.isAvailable(), "OpenSSL is not on the class path");
        put("rsa");
        source = CredentialSource.load(KEYS.resolve("ca.crt").toString(), path("client.crt"), path("client.key"), null);
        tls = new TlsSetup(new ConnectionSettings(
                "client",
                List.of(),
                Optional.empty(),
                source,
                TlsRules.of(TlsProvider.OPENSSL, false),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new BackOff.Settings(Duration.ofMillis(10), Duration.ofMillis(10), 1, 0)));
        loop.submit(() -> {
                    tls.prepare();
                    return null;
                })
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void as_long_as_the_certificates_are_the_same_so_is_the_context() throws Exception {
        SslContext before = context();

        refresh();

        assertThat(context()).isSameAs(before);
        assertThat(((ReferenceCounted) before).refCnt()).isEqualTo(1);
    }

    @Test
    void the_context_of_certificates_that_have_changed_is_given_back() throws Exception {
        SslContext before = context();
        put("ec");

        refresh();

        assertThat(context()).isNotSameAs(before);
        assertThat(((ReferenceCounted) before).refCnt()).isZero();
        assertThat(((ReferenceCounted) context()).refCnt()).isEqualTo(1);
    }

    @Test
    void in_the_end_the_context_is_given_back_and_none_is_made_any_more() throws Exception {
        SslContext last = context();
        loop.submit(() -> {
                    tls.end();
                    return null;
                })
                .get(10, TimeUnit.SECONDS);

        put("ec");
        refresh();

        assertThat(((ReferenceCounted) last).refCnt()).isZero();
        assertThat(context()).isNull();
    }

    @Test
    void certificates_near_their_end_are_told_again_and_again_until_the_loop_ends() throws Exception {
        CredentialSource soon = CredentialSource.of(endingSoon());
        ExpiryWatch watch = new ExpiryWatch(soon, Duration.ofMillis(20));
        try (LogLines log = new LogLines("io.github.dxlcdi.client.tls")) {
            for (int i = 0; i < 2; i++) {
                loop.submit(() -> {
                            watch.start(loop);
                            return null;
                        })
                        .get(10, TimeUnit.SECONDS);
            }

            await().until(() -> log.lines().size() >= 3);
            assertThat(log.lines()).allMatch(line -> line.contains("DXL0223 The client certificate CN=soon ends in "));
        }
    }

    private void refresh() throws Exception {
        loop.call(() -> tls.refresh(loop)).get(10, TimeUnit.SECONDS);
    }

    private SslContext context() throws Exception {
        return loop.submit(() -> tls.linkSettings().tls()).get(10, TimeUnit.SECONDS);
    }

    private void put(String kind) throws Exception {
        Files.copy(KEYS.resolve(kind + ".crt"), folder.resolve("client.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                KEYS.resolve(kind + "-pkcs8.key"), folder.resolve("client.key"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static TlsCredentials endingSoon() throws Exception {
        X509Bundle own = new CertificateBuilder()
                .ecp256()
                .setIsCertificateAuthority(true)
                .subject("CN=soon")
                .notAfter(Instant.now().plus(Duration.ofDays(2)))
                .buildSelfSigned();
        return new TlsCredentials(
                List.of(own.getCertificate()),
                List.of(own.getCertificate()),
                own.getKeyPair().getPrivate());
    }
}
