package io.github.dxlcdi.benchmarks.contender;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;

/** A bean that any application has; so CDI starts with dxl-cdi and without. */
@ApplicationScoped
public class ApplicationStart {
    private boolean started;

    void started(@Observes Startup event) {
        started = true;
    }

    /** Whether it has. */
    public boolean isStarted() {
        return started;
    }
}
