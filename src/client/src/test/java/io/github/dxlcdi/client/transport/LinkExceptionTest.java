package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.PKIXReason;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinkExceptionTest {

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(
                        new ConnectException("Connection refused"),
                        "no connection: Connection refused; check that the broker runs and that the port is open"),
                Arguments.of(new SocketException("Connection reset"), "the connection was lost: Connection reset"),
                Arguments.of(
                        new CorruptedFrameException("data frame using reserved opcode 3"),
                        "the broker sent a malformed web socket frame (data frame using reserved opcode 3)"),
                Arguments.of(
                        new PrematureChannelClosureException("Channel closed while still aggregating message"),
                        "the broker closed the connection in the middle of an HTTP answer"),
                Arguments.of(
                        new TooLongFrameException("content length exceeded 65536 bytes."),
                        "the broker sent bytes that can't be read (content length exceeded 65536 bytes.)"),
                Arguments.of(
                        new DecoderException(tls(new CertPathBuilderException("unable to find valid path"))),
                        "not issued by a configured certificate authority; check that the CA bundle is this fabric's"),
                Arguments.of(
                        tls(new CertPathValidatorException(
                                "Path does not chain", null, null, -1, PKIXReason.NO_TRUST_ANCHOR)),
                        "not issued by a configured certificate authority"),
                Arguments.of(
                        tls(new CertPathValidatorException(
                                "validity check failed",
                                new CertificateExpiredException("NotAfter: 2020"),
                                null,
                                -1,
                                BasicReason.EXPIRED)),
                        "the broker's certificate has expired: NotAfter: 2020"),
                Arguments.of(
                        tls(new CertificateException("No name matching broker found")),
                        "the broker's certificate is not accepted: No name matching broker found"),
                Arguments.of(
                        new SSLHandshakeException("Received fatal alert: handshake_failure"),
                        "there is no common version or cipher suite, or the broker does not accept our certificate"),
                Arguments.of(
                        new SSLHandshakeException("Received fatal alert: protocol_version"),
                        "there is no common version or cipher suite"),
                Arguments.of(
                        new SSLHandshakeException("No appropriate protocol (protocol is disabled)"),
                        "there is no common version or cipher suite"),
                Arguments.of(
                        new SSLException("Received fatal alert: certificate_required"),
                        "the broker refused our certificate (Received fatal alert: certificate_required); check that it is"
                                + " issued for this fabric and still valid"),
                Arguments.of(
                        new SSLException("Received fatal alert: bad_certificate"),
                        "the broker refused our certificate"),
                Arguments.of(
                        new SSLException("Received fatal alert: unknown_ca"), "the broker refused our certificate"),
                Arguments.of(
                        new SSLException("Received fatal alert: internal_error"),
                        "TLS failed: Received fatal alert: internal_error"),
                Arguments.of(new LinkException("said before"), "said before"),
                Arguments.of(new ClosedChannelException(), "no connection: java.nio.channels.ClosedChannelException"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void a_cause_is_told_with_the_peer_and_in_words(Throwable cause, String words) {
        assertThat(LinkException.of("host:8883", cause, false, null))
                .hasMessageStartingWith("host:8883: ")
                .hasMessageContaining(words)
                .hasCause(cause);
    }

    @Test
    void a_process_with_too_many_open_files_does_not_blame_our_certificate() {
        for (Exception cause : List.of(
                new SocketException("Too many open files"),
                new ChannelException("Failed to open a socket.", new SocketException("Too many open files")),
                new ChannelException(
                        new IOException("newSocketStream(..) failed with error(-24): Too many open files")))) {
            assertThat(LinkException.of("host:8883", cause, false, null))
                    .hasMessage("host:8883: no connection: this process has too many open files; allow it more (ulimit"
                            + " -n, LimitNOFILE of systemd), or find out what keeps them open");
        }
    }

    @Test
    void once_accepted_the_connection_was_lost() {
        assertThat(LinkException.of("host:8883", new IOException("Broken pipe"), true, null))
                .hasMessage("host:8883: the connection was lost: java.io.IOException: Broken pipe");
    }

    @Test
    void what_epoll_says_has_the_same_words() {
        assumeTrue(
                Epoll.isAvailable(), "This machine has no epoll, or Netty's library for it is not for this platform");
        int reset = Errors.ERRNO_ECONNRESET_NEGATIVE;

        assertThat(LinkException.of("broker:1", new NativeIoException("recvAddress", reset), true, null))
                .hasMessage("broker:1: the connection was lost: Connection reset by peer");
    }

    @Test
    void an_alert_that_is_not_about_certificates_blames_none() {
        assertThat(LinkException.of("host:8883", new SSLException("Received fatal alert: record_overflow"), true, null))
                .hasMessageNotContaining("certificate");
    }

    private static SSLException tls(Throwable cause) {
        SSLHandshakeException tls = new SSLHandshakeException("PKIX path building failed");
        tls.initCause(cause);
        return tls;
    }
}
