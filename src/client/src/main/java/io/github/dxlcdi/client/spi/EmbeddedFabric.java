package io.github.dxlcdi.client.spi;

import java.io.IOException;

/**
 * A fabric inside this JVM, found by {@link java.util.ServiceLoader}: for development and tests. Loading the provider
 * starts nothing.
 */
public interface EmbeddedFabric {
    /**
     * Starts a fabric of the caller's own.
     *
     * @param port port on the loopback interface, 0 for a free one
     * @throws IOException if it can't listen there
     */
    Running start(int port) throws IOException;

    /** A fabric that runs, and all that a client needs to join it. */
    interface Running extends AutoCloseable {
        /** The broker as a line of {@code dxlclient.config}: {@code <id>;<port>;<host>;<address>}. */
        String brokerLine();

        /** The certificate authority of the fabric, PEM. */
        String caPem();

        /** A client certificate, PEM. */
        String certificatePem();

        /** Its private key, PKCS#8 PEM, unencrypted. */
        String privateKeyPem();

        /** Ends it within two seconds and leaves no thread. */
        @Override
        void close();
    }
}
