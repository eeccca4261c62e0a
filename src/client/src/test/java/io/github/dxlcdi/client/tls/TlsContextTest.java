package io.github.dxlcdi.client.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TlsContextTest {
    private static final int PORT = 8883;
    private static TlsCredentials credentials;

    @BeforeAll
    static void makeCredentials() throws Exception {
        X509Bundle own = new CertificateBuilder()
                .subject("CN=own")
                .algorithm(Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        credentials = TlsCredentials.load(own.getCertificatePEM(), own.getCertificatePEM(), own.getPrivateKeyPEM());
    }

    @Test
    void the_name_of_the_broker_is_sent_so_that_one_address_can_serve_several() throws Exception {
        SslHandler tls =
                TlsContext.of(credentials, false).newHandler(ByteBufAllocator.DEFAULT, "broker.example.org", PORT);
        EmbeddedChannel channel = new EmbeddedChannel(tls);
        ByteBuf clientHello = channel.readOutbound();
        try {
            assertThat(clientHello.toString(ISO_8859_1)).contains("broker.example.org");
        } finally {
            clientHello.release();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void tls_1_2_and_1_3_are_offered_and_the_host_name_is_checked_only_on_demand() throws Exception {
        SslContext unchecked = TlsContext.of(credentials, false);
        SslContext checked = TlsContext.of(credentials, true);
        assertThat(handler(unchecked).engine().getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
        assertThat(handler(unchecked).engine().getSSLParameters().getEndpointIdentificationAlgorithm())
                .isNullOrEmpty();
        assertThat(handler(checked).engine().getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    private static SslHandler handler(SslContext context) {
        return context.newHandler(ByteBufAllocator.DEFAULT, "broker.example.org", PORT);
    }
}
