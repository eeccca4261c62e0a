package io.github.dxlcdi.benchmarks.load;

import java.util.Locale;

/** What is measured, one after the other in one life of a receiver. */
public enum Scenario {
    /** As fast as it goes, TLS records of 16 KiB. */
    BULK(Shape.BULK),
    /** As fast as it goes, a TLS record for each event. */
    SINGLE(Shape.SINGLE),
    /** BULK once more, and where the CPU time goes. */
    PROFILE_BULK(Shape.BULK),
    /** That of SINGLE. */
    PROFILE_SINGLE(Shape.SINGLE),
    /** 1,000 events a second, a write for each: how long each takes. */
    PACED(null),
    /** The same from a sender with Nagle's algorithm. */
    NAGLE(null),
    /** The start of a server with an application. */
    START(null);

    private final Shape shape;

    Scenario(Shape shape) {
        this.shape = shape;
    }

    /** How it is sent; null if it isn't as fast as it goes. */
    public Shape shape() {
        return shape;
    }

    /** The name in tables and results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
