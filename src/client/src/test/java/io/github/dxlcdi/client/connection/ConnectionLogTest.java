package io.github.dxlcdi.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.exception.MalformedBrokerException;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.tls.LogLines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failed tries that had no line of their own are counted when there are no more. */
class ConnectionLogTest {
    private static final int TRIES = 5;

    private final LogLines lines = new LogLines("io.github.dxlcdi.client.connection");
    private final ConnectionLog log = new ConnectionLog();

    @AfterEach
    void release() {
        lines.close();
    }

    @Test
    void tries_left_out_are_counted_when_there_is_a_connection() throws MalformedBrokerException {
        failOften("refused");

        log.ready(BrokerAddress.parse("ssl://localhost", false), 1, null, false);

        assertThat(visible())
                .containsExactly(
                        "WARNING DXL0202 Could not connect: refused; next try in 10 ms",
                        "INFO DXL0202 4 more failed tries were not written",
                        visible().get(2));
        assertThat(visible().get(2)).startsWith("INFO DXL0201");
    }

    @Test
    void tries_left_out_are_counted_by_the_line_of_another_reason() {
        failOften("refused");

        log.tryFailed(new Attempt.Failure("timed out", null, false));
        log.triesEnded();

        assertThat(visible())
                .hasSize(2)
                .last()
                .isEqualTo("WARNING DXL0202 Could not connect: timed out (4 more failed tries were not written)");
    }

    @Test
    void tries_left_out_are_counted_after_the_last_one_and_when_they_are_given_up() {
        failOften("refused");
        log.tryFailed(new Attempt.Failure("refused", null, true));
        assertThat(visible()).hasSize(2).last().isEqualTo("INFO DXL0202 4 more failed tries were not written");

        failOften("refused");
        log.triesEnded();
        log.triesEnded();
        assertThat(visible()).hasSize(3).last().isEqualTo("INFO DXL0202 5 more failed tries were not written");
    }

    private void failOften(String reason) {
        for (int i = 0; i < TRIES; i++) {
            log.tryFailed(new Attempt.Failure(reason, Duration.ofMillis(10), false));
        }
    }

    /** Those that are not for debugging. */
    private List<String> visible() {
        return lines.lines().stream().filter(line -> !line.startsWith("FINE")).toList();
    }
}
