package io.github.dxlcdi.lifecycle;

/**
 * An embedded fabric that runs, and what a client needs to join it.
 *
 * @param brokerLine its broker, as a line of {@code dxlclient.config}
 * @param caPem its certificate authority
 * @param certificatePem a client's certificate
 * @param privateKeyPem the key of that certificate, unencrypted
 * @param end ends it and leaves no thread
 */
record RunningFabric(String brokerLine, String caPem, String certificatePem, String privateKeyPem, Runnable end) {

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "RunningFabric[" + brokerLine + "]";
    }
}
