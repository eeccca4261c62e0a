package io.github.dxlcdi.example;

import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

@ApplicationScoped
class DetectionPrinter {
    void onDetection(@Observes FileDetection detection) {
        System.out.println("Detection on topic: " + detection.origin().topic() + "\n" + detection.toJson());
    }
}
