package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;

/** HiveMQ's client by hand to an observer on Weld SE: msgpack-core, Jackson's databind, {@code Event.fire}. */
public final class HiveMqObserver implements Subscriber {
    @Override
    public void start(Endpoint endpoint, Tally tally) throws Exception {
        HiveMq.subscribe(endpoint, HandFire.inContainer()::fire);
    }
}
