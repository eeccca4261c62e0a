package io.github.dxlcdi.benchmarks.load;

import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/**
 * The certificates of one run.
 *
 * @param authority who issued them
 * @param broker the sender's
 * @param client that of all receivers
 */
public record Credentials(X509Certificate authority, Identity broker, Identity client) {

    /** Makes new ones. */
    public static Credentials make() {
        Authority authority = new Authority();
        var brokerKey = Authority.makeKey();
        var clientKey = Authority.makeKey();
        return new Credentials(
                authority.certificate(),
                authority.issueBroker("load-broker", brokerKey.join()),
                authority.issueClient("receiver", clientKey.join()));
    }

    /** Writes what a receiver needs, and a {@code dxlclient.config} for the broker at {@code port}. */
    public void write(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ca-bundle.crt"), Identity.pem(authority));
        Files.writeString(folder.resolve("client.crt"), client.certificatePem());
        Files.writeString(folder.resolve("client.key"), client.privateKeyPem());
        Files.writeString(folder.resolve("dxlclient.config"), """
                [Certs]
                BrokerCertChain=ca-bundle.crt
                CertFile=client.crt
                PrivateKey=client.key

                [Brokers]
                load=load;%d;localhost;127.0.0.1
                """.formatted(port));
    }
}
