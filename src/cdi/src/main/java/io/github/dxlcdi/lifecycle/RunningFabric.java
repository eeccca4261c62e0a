package io.github.dxlcdi.lifecycle;

/** An embedded fabric that runs. */
interface RunningFabric extends AutoCloseable {
    String brokerLine();

    String caPem();

    String certificatePem();

    String privateKeyPem();

    @Override
    void close();
}
