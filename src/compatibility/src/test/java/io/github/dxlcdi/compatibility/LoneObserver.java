package io.github.dxlcdi.compatibility;

import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** All that an application of {@link Archives#warOfAnObserver} has of its own. */
@ApplicationScoped
public class LoneObserver {
    void onDetection(@Observes FileDetection detection) {
        System.out.println("Observed " + detection.name().orElse(""));
    }
}
