package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Paho by hand, its messages read with msgpack-core. */
public final class PahoCallback implements Subscriber {
    @Override
    public void start(Endpoint endpoint, Tally tally) throws Exception {
        Paho.subscribe(endpoint, bytes -> {
            try {
                HandReadMessage message = HandReadMessage.read(bytes);
                tally.arrived(message.messageId().length() + message.payload().length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
