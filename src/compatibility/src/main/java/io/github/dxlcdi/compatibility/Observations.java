package io.github.dxlcdi.compatibility;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the observers have seen, in the order in which they were done with it. */
@ApplicationScoped
public class Observations {
    private final List<Observation> all = new CopyOnWriteArrayList<>();

    void add(Observation observation) {
        all.add(observation);
    }

    List<Observation> all() {
        return all;
    }
}
