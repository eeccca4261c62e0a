package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import io.github.dxlcdi.extension.DxlExtension;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** dxl-cdi on Weld SE, as it comes. */
public final class DxlCdiObserver implements Subscriber {
    @Override
    public void start(Endpoint endpoint, Tally tally) {
        start(endpoint, DetectionCounter.class);
    }

    static void start(Endpoint endpoint, Class<?>... beans) {
        System.setProperty("dxl.config-file", endpoint.config().toString());
        System.setProperty("dxl.keep-alive", Endpoint.KEEP_ALIVE_SECONDS + "s");
        SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new DxlExtension())
                .addBeanClasses(beans)
                .initialize();
    }
}
