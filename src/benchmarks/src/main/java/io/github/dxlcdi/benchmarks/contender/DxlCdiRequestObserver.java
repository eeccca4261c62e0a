package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import jakarta.enterprise.context.RequestScoped;

/** dxl-cdi on Weld SE in an application with a request scoped bean, so that each detection gets a request context. */
public final class DxlCdiRequestObserver implements Subscriber {
    @Override
    public void start(Endpoint endpoint, Tally tally) {
        DxlCdiObserver.start(endpoint, DetectionCounter.class, Visit.class);
    }

    /** Is there, and is not used. */
    @RequestScoped
    public static class Visit {}
}
