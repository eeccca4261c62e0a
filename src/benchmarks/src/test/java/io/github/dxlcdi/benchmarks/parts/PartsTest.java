package io.github.dxlcdi.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.tie.FileDetection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;

/** What JMH measures does what it says. */
class PartsTest {
    private static final int ACTION_OF_THE_CAPTURED = 5;

    private final Blackhole blackhole = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");

    @Test
    void each_way_of_dispatch_reaches_the_observer() {
        Dispatch dispatch = new Dispatch();
        try {
            dispatch.dispatch();
            assertThat(dispatch.seen()).isEqualTo(ACTION_OF_THE_CAPTURED);
            dispatch.readAndDispatch();
            assertThat(dispatch.seen()).isEqualTo(2 * ACTION_OF_THE_CAPTURED);
            dispatch.fire();
            assertThat(dispatch.seen()).isEqualTo(3 * ACTION_OF_THE_CAPTURED);
            dispatch.dispatchInRequestContext();
            assertThat(dispatch.seen()).isEqualTo(4 * ACTION_OF_THE_CAPTURED);
        } finally {
            dispatch.end();
        }
    }

    @Test
    void one_detection_after_the_other_is_read() throws Exception {
        ReadRecord records = new ReadRecord();
        FileDetection first = records.read();
        assertThat(records.read().agentGuid()).isNotEqualTo(first.agentGuid());

        ReadMessage messages = new ReadMessage();
        messages.readIdAndPayload(blackhole);
        messages.readAll(blackhole);
    }
}
