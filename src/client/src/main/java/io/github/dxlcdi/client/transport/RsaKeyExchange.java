package io.github.dxlcdi.client.transport;

import io.github.dxlcdi.client.tls.CipherList;
import io.github.dxlcdi.client.tls.TlsProvider;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** What is to be done where a broker offers RSA key exchange only, and the JDK has forbidden it. */
final class RsaKeyExchange {
    private static final String WHERE_IT_IS_ALL =
            ". If the broker offers RSA key exchange only, as DXL brokers before 6.1.1 do";
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    private RsaKeyExchange() {}

    /** Words for whoever was refused while {@code context} offered its suites; none if it offered RSA key exchange too. */
    static String advice(SslContext context) {
        if (context == null) {
            return "";
        }
        List<String> offered = context.cipherSuites();
        String ofJvm = advice(offered, Security.getProperty(DISABLED));
        List<String> possible = context instanceof JdkSslContext ? ofJdk() : CipherList.ALL;
        boolean chosen =
                possible.stream().anyMatch(suite -> CipherList.ALL.contains(suite) && !offered.contains(suite));
        if (ofJvm.isEmpty() || !chosen) {
            return ofJvm;
        }
        return WHERE_IT_IS_ALL + ": the list of cipher suites (TlsCiphers) leaves it out; add kRSA to it"
                + (possible.stream().anyMatch(suite -> suite.startsWith(Protection.RSA_KEY_EXCHANGE)) ? "" : ofJvm);
    }

    /** What the JDK offers if nothing is chosen. */
    private static List<String> ofJdk() {
        try {
            return List.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            return List.of();
        }
    }

    static String advice(Collection<String> offered, String disabled) {
        if (offered.stream().anyMatch(suite -> suite.startsWith(Protection.RSA_KEY_EXCHANGE))) {
            return "";
        }
        return WHERE_IT_IS_ALL + ": the TLS of this JVM forbids it (TLS_RSA_*). Either add the dependency "
                + TlsProvider.OPENSSL_DEPENDENCY
                + " to the application, for the"
                + " platform of this machine; or start the JVM with the option -Djava.security.properties=FILE, where"
                + " FILE holds the one line: " + DISABLED + "=" + without(disabled);
    }

    /** The JDK's list without what forbids RSA key exchange: all else stays forbidden. */
    private static String without(String disabled) {
        return Stream.of(String.valueOf(disabled).split(","))
                .map(String::strip)
                .filter(entry -> !entry.startsWith(Protection.RSA_KEY_EXCHANGE))
                .collect(Collectors.joining(", "));
    }
}
