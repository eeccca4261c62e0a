package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;

/** Paho by hand to an observer on Weld SE: msgpack-core, Jackson's databind, {@code Event.fire}. */
public final class PahoObserver implements Subscriber {
    @Override
    public void start(Endpoint endpoint, Tally tally) throws Exception {
        Paho.subscribe(endpoint, HandFire.inContainer()::fire);
    }
}
