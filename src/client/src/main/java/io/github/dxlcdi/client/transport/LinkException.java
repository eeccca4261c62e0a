package io.github.dxlcdi.client.transport;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.wire.ForeignText;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a link could not be made or has ended, in words for the person who has to mend it. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Netty's epoll begins with it, where NIO has the reason alone. */
    private static final Pattern SYSTEM_CALL = Pattern.compile("^\\w+\\(\\.\\.\\) failed( with error\\(-?\\d+\\))?: ");

    /** The link ended for {@code reason}. */
    public LinkException(String reason) {
        super(reason);
    }

    private LinkException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /**
     * Initializes what words a failure. To be called while there is memory: a class whose initialization has run out of
     * it can never be used again, and the end of a link could not be reported.
     */
    static void prepare() {
        because("prepared", new SSLException("prepared"));
        of("prepared", new SSLException("prepared"), false, null);
        of("prepared", new ConnectException("prepared"), false, null);
    }

    /** {@code reason}, and in brackets what {@code cause} says, which may repeat what the peer has sent. */
    static LinkException because(String reason, Throwable cause) {
        boolean silent = cause == null || cause.getMessage() == null;
        return new LinkException(silent ? reason : reason + " (" + ForeignText.shown(cause.getMessage()) + ")", cause);
    }

    /** No line could be opened to {@code peer}. */
    public static LinkException unreachable(String peer, Throwable cause) {
        return of(peer, cause, false, null);
    }

    /** No line could be opened to the proxy on the way to {@code peer}. */
    public static LinkException proxyUnreachable(String peer, ProxyAddress proxy, Throwable cause) {
        return new LinkException(
                peer + ": the HTTP proxy " + proxy + " can't be reached: " + messages(cause)
                        + "; check the proxy's address and port, and that it runs",
                cause);
    }

    /** The broker's answer to our CONNECT was no. */
    static LinkException refused(MqttConnectReturnCode code, X509Certificate ours) {
        String remedy = switch (code) {
            case CONNECTION_REFUSED_SERVER_UNAVAILABLE -> "; it may have as many clients as it allows";
            case CONNECTION_REFUSED_NOT_AUTHORIZED ->
                "; check what the fabric allows our certificate to do" + TlsFailure.facts(ours);
            default -> "; its log says more";
        };
        return new LinkException("the broker refused the connection: CONNACK " + code.byteValue() + ", "
                + code.name().toLowerCase(Locale.ROOT).replace('_', ' ') + remedy);
    }

    /** The peer hung up before it accepted us. */
    static LinkException closedEarly(X509Certificate ours) {
        return new LinkException("the broker closed the connection before it accepted us" + mayRefuse(ours));
    }

    /**
     * {@code cause} in words; what is one already gets the peer's name only.
     *
     * @param accepted whether the broker had accepted us
     * @param ours our certificate, which may be why; null if there is none
     */
    static LinkException of(String peer, Throwable cause, boolean accepted, X509Certificate ours) {
        return of(peer, cause, accepted, ours, null);
    }

    /** @param tls what we offered the peer; null: nothing is known of it */
    static LinkException of(String peer, Throwable cause, boolean accepted, X509Certificate ours, SslContext tls) {
        return new LinkException(peer + ": " + words(cause, accepted, ours, tls), cause);
    }

    private static String words(Throwable cause, boolean accepted, X509Certificate ours, SslContext context) {
        LinkException known = find(LinkException.class, cause);
        if (known != null) {
            return known.getMessage();
        }
        SSLException tls = find(SSLException.class, cause);
        if (tls != null) {
            return TlsFailure.words(tls, cause, ours, context);
        }
        if (String.valueOf(message(cause)).contains("Too many open files")) {
            return "no connection: this process has too many open files; allow it more (ulimit -n, LimitNOFILE of"
                    + " systemd), or find out what keeps them open";
        }
        if (find(CorruptedFrameException.class, cause) != null) {
            return "the broker sent a malformed web socket frame (" + ForeignText.shown(message(cause)) + ")";
        }
        if (find(DecoderException.class, cause) != null) {
            return "the broker sent bytes that can't be read (" + ForeignText.shown(message(cause)) + ")";
        }
        if (find(PrematureChannelClosureException.class, cause) != null) {
            return "the broker closed the connection in the middle of an HTTP answer";
        }
        if (find(ConnectException.class, cause) != null) {
            return "no connection: " + messages(cause) + "; check that the broker runs and that the port is open";
        }
        if (find(NoRouteToHostException.class, cause) != null) {
            return "no connection: " + messages(cause) + "; check the network between here and the broker";
        }
        if (find(SocketException.class, cause) != null || find(NativeIoException.class, cause) != null) {
            return "the connection was lost: " + message(cause)
                    + (accepted ? "" : ", before the broker accepted us" + mayRefuse(ours));
        }
        return accepted ? "the connection was lost: " + cause : "no connection: " + cause;
    }

    /** What most often is behind an early end: not every broker says why it refuses a certificate. */
    private static String mayRefuse(X509Certificate ours) {
        return "; it may not accept our certificate" + TlsFailure.facts(ours) + ", its log says more";
    }

    /** Of each address with its name, if several were tried. */
    private static String messages(Throwable cause) {
        return cause.getSuppressed().length == 0
                ? message(cause)
                : Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed()))
                        .map(LinkException::text)
                        .collect(Collectors.joining(", "));
    }

    static String message(Throwable cause) {
        Throwable last = cause;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return text(last);
    }

    private static String text(Throwable cause) {
        String text = cause.getMessage();
        return text == null
                ? cause.getClass().getSimpleName()
                : SYSTEM_CALL.matcher(text).replaceFirst("");
    }

    static <T extends Throwable> T find(Class<T> type, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
