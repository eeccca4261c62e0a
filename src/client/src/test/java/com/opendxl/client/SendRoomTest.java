package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SendRoomTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int CAPACITY = 10_000;

    private final AtomicBoolean onEventLoop = new AtomicBoolean();
    private final SendRoom room = new SendRoom(CAPACITY, onEventLoop::get);
    private final CompletableFuture<Void> sent = new CompletableFuture<>();

    @Test
    void who_finds_no_room_waits_until_what_was_sent_before_is_gone() throws Exception {
        fill();
        CompletableFuture<Duration> waited = new CompletableFuture<>();
        Thread sender = sender(waited);
        await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);

        sent.completeExceptionally(new DxlException("lost"));

        assertThat(waited.get(10, TimeUnit.SECONDS)).isPositive();
        assertThat(room.send(CAPACITY, Duration.ZERO, SendRoomTest::done)).isCompleted();
    }

    @Test
    void nobody_waits_longer_than_he_has_patience() throws Exception {
        fill();

        assertThatThrownBy(() -> room.send(1, Duration.ofMillis(20), SendRoomTest::mustNotBegin))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessage("DXL0405 There is no room to send the message: the broker has not read what was sent before"
                        + " (10000 bytes) within 20 ms");
    }

    @Test
    void the_event_loop_waits_for_nothing() throws Exception {
        onEventLoop.set(true);
        fill();

        assertThatThrownBy(() -> room.send(1, LONG, SendRoomTest::mustNotBegin))
                .isInstanceOf(DxlException.class)
                .hasMessageEndingWith("(10000 bytes), and the event loop can't wait for it");
    }

    @Test
    void messages_without_end_and_without_content_find_no_room_either() throws Exception {
        int count = 0;
        while (count < CAPACITY) {
            try {
                room.send(0, Duration.ZERO, waited -> sent);
                count++;
            } catch (WaitTimeoutException e) {
                break;
            }
        }

        assertThat(count).isEqualTo(9);
    }

    @Test
    void what_could_not_even_begin_takes_no_room() throws Exception {
        assertThatThrownBy(() -> room.send(CAPACITY, LONG, waited -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(room.send(CAPACITY, Duration.ZERO, SendRoomTest::done)).isCompleted();
    }

    @Test
    void who_is_interrupted_waits_no_longer_and_stays_so() throws Exception {
        assertThat(room.send(1, LONG, SendRoomTest::done)).isCompleted();
        fill();

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> room.send(1, LONG, SendRoomTest::mustNotBegin))
                    .hasMessageContaining("Interrupted while waiting for room");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** With one message that is larger than all the room that there is. */
    private void fill() throws DxlException {
        assertThat(room.send(2 * CAPACITY, LONG, waited -> sent)).isSameAs(sent);
    }

    private Thread sender(CompletableFuture<Duration> waited) {
        Thread sender = new Thread(() -> {
            try {
                room.send(1, LONG, time -> {
                    waited.complete(time);
                    return done(time);
                });
            } catch (DxlException e) {
                waited.completeExceptionally(e);
            }
        });
        sender.setDaemon(true);
        sender.start();
        return sender;
    }

    private static CompletableFuture<Void> done(Duration waited) {
        return CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Void> mustNotBegin(Duration waited) {
        throw new AssertionError("there is no room");
    }
}
