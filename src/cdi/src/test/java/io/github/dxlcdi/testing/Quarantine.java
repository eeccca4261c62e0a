package io.github.dxlcdi.testing;

import io.github.dxlcdi.tie.FileDetection;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The observer that nothing is wrong with; it comes after those of a test, and keeps what it has seen. */
@ApplicationScoped
public class Quarantine {
    /** Later than any that a test puts before it. */
    private static final int LATE = 5_000;

    private final List<FileDetection> seen = new CopyOnWriteArrayList<>();

    void onDetection(@Observes @Priority(LATE) FileDetection detection) {
        seen.add(detection);
    }

    /** The detections so far, in the order in which they came. */
    public List<FileDetection> seen() {
        return seen;
    }
}
