package org.example.quarantine;

import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

@ApplicationScoped
public class Quarantine {
    void onDetection(@Observes FileDetection detection) {
        System.out.println("Quarantine: " + detection.name().orElse("a file")
                + " on " + detection.agentGuid()
                + " is " + detection.localReputation());
    }
}
