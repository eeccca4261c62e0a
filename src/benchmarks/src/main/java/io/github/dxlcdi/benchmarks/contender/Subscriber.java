package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;

/** One way to receive events. Its class has a public constructor without parameters. */
interface Subscriber {
    /** Connects and subscribes; from then on each event is told to {@code tally}. */
    void start(Endpoint endpoint, Tally tally) throws Exception;
}
