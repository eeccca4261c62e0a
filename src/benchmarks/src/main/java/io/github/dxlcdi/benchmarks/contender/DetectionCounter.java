package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The observer behind dxl-cdi. */
@ApplicationScoped
public class DetectionCounter {
    void detected(@Observes FileDetection detection) {
        Tally.OF_THIS_JVM.arrived(
                detection.agentGuid().length() + detection.name().orElse("").length());
    }
}
