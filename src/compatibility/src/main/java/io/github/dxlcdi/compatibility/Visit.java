package io.github.dxlcdi.compatibility;

import jakarta.enterprise.context.RequestScoped;

/** Counts within one delivery. */
@RequestScoped
public class Visit {
    private int count;

    int next() {
        return ++count;
    }
}
