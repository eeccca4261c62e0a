package io.github.dxlcdi.fabric;

import io.github.dxlcdi.client.spi.EmbeddedFabric;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Found by {@link java.util.ServiceLoader} where this JAR is on the class path; not called otherwise. */
public final class EmbeddedDxlFabric implements EmbeddedFabric {
    /** For {@link java.util.ServiceLoader}; starts nothing. */
    public EmbeddedDxlFabric() {}

    @Override
    public Fabric start(int port) throws IOException {
        try {
            return Fabric.builder().port(port).start();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
