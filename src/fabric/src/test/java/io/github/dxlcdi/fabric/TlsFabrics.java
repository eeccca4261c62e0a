package io.github.dxlcdi.fabric;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fabric for each version of TLS while the tests of a class run; each of an authority of its own. */
public final class TlsFabrics implements BeforeAllCallback, AfterAllCallback {
    private Fabric tls12;
    private Fabric tls13;

    @Override
    public void beforeAll(ExtensionContext context) {
        tls12 = Fabric.builder().tlsProtocols("TLSv1.2").start();
        tls13 = Fabric.builder().tlsProtocols("TLSv1.3").start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        tls12.close();
        tls13.close();
    }

    public Fabric tls12() {
        return tls12;
    }

    public Fabric tls13() {
        return tls13;
    }

    /** The one that speaks {@code version}, a name as the JDK has it. */
    public Fabric of(String version) {
        return version.equals("TLSv1.2") ? tls12 : tls13;
    }

    /** The one that {@code fabric} is not. */
    public Fabric other(Fabric fabric) {
        return fabric == tls12 ? tls13 : tls12;
    }
}
