package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final int STEP_MILLIS = 5;

    private final KeepAlive keepAlive = new KeepAlive(Duration.ofSeconds(1));
    private final Watcher watcher = new Watcher();
    private EmbeddedChannel channel = channel(keepAlive);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void the_broker_is_asked_twice_in_each_keep_alive_time() {
        keepAlive.start();
        assertThat(questionsWithin(490, true)).isZero();
        assertThat(questionsWithin(20, true)).isEqualTo(1);
        assertThat(questionsWithin(10_000, true)).isEqualTo(20);
        assertThat(watcher.dead).isNull();
    }

    @Test
    void a_silent_broker_is_given_up_after_one_and_a_quarter_of_it() {
        keepAlive.start();
        elapse(1_240);
        assertThat(watcher.dead).isNull();

        elapse(20);

        assertThat(watcher.dead)
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("nothing was heard of the broker for 1250 ms")
                .hasMessageContaining("keep alive 1 s");
    }

    @Test
    void a_link_that_can_not_be_watched_any_more_is_given_up() {
        channel.finishAndReleaseAll();
        OutOfMemoryError shortage = new OutOfMemoryError("injected");
        KeepAlive failing = new KeepAlive(Duration.ofSeconds(1));
        channel = new EmbeddedChannel(failing, watcher) {
            @Override
            public ChannelFuture writeAndFlush(Object packet) {
                throw shortage;
            }
        };
        channel.freezeTime();
        failing.start();

        elapse(520);

        assertThat(watcher.dead).isSameAs(shortage);
    }

    @Test
    void any_byte_is_a_sign_of_life() {
        keepAlive.start();
        elapse(1_000);
        hear();
        elapse(1_240);
        assertThat(watcher.dead).isNull();

        elapse(20);
        assertThat(watcher.dead).isNotNull();
    }

    @Test
    void what_was_heard_goes_on_to_the_next_handler() {
        hear();

        assertThat(channel.inboundMessages()).hasSize(1);
    }

    @Test
    void while_reading_is_paused_silence_does_not_count_but_questions_go_on() {
        keepAlive.start();
        elapse(500);
        drainQuestions();
        keepAlive.readingChanged(false);

        assertThat(questionsWithin(60_000, false)).isEqualTo(120);
        assertThat(watcher.dead).isNull();
    }

    @Test
    void a_broker_that_died_during_the_pause_is_noticed_within_one_and_a_half_of_it_after_the_pause() {
        for (int paused = 0; paused < 3_000; paused += 170) {
            KeepAlive each = new KeepAlive(Duration.ofSeconds(1));
            watcher.dead = null;
            channel.finishAndReleaseAll();
            channel = channel(each);
            each.start();
            elapse(1_000);
            each.readingChanged(false);
            elapse(paused);

            each.readingChanged(true);
            elapse(1_240);
            assertThat(watcher.dead)
                    .as("paused for %s ms, the time before does not count", paused)
                    .isNull();
            elapse(260);

            assertThat(watcher.dead).as("paused for %s ms", paused).isNotNull();
        }
    }

    @Test
    void before_the_start_nobody_is_asked_or_given_up() {
        assertThat(questionsWithin(60_000, false)).isZero();
        assertThat(watcher.dead).isNull();
    }

    @Test
    void a_keep_alive_of_zero_asks_nothing_and_waits_for_ever() {
        KeepAlive never = new KeepAlive(Duration.ZERO);
        channel.finishAndReleaseAll();
        channel = channel(never);
        never.start();

        assertThat(questionsWithin(600_000, false)).isZero();
        assertThat(watcher.dead).isNull();
    }

    @Test
    void on_a_closed_channel_nothing_goes_on() {
        keepAlive.start();
        elapse(600);
        drainQuestions();

        channel.pipeline().fireChannelInactive();

        assertThat(channel.runScheduledPendingTasks())
                .as("time until the next task; none")
                .isEqualTo(-1);
    }

    @Test
    void it_remembers_when_it_heard_something() {
        Instant before = Instant.now();
        assertThat(keepAlive.lastHeard()).isBeforeOrEqualTo(before);

        hear();

        assertThat(keepAlive.lastHeard()).isBetween(before, Instant.now());
    }

    private EmbeddedChannel channel(KeepAlive first) {
        EmbeddedChannel made = new EmbeddedChannel(first, watcher);
        made.freezeTime();
        return made;
    }

    private void hear() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {1}));
    }

    private void elapse(int millis) {
        for (int passed = 0; passed < millis; passed += STEP_MILLIS) {
            channel.advanceTimeBy(STEP_MILLIS, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private int questionsWithin(int millis, boolean answered) {
        int questions = 0;
        for (int passed = 0; passed < millis; passed += STEP_MILLIS) {
            elapse(STEP_MILLIS);
            int asked = drainQuestions();
            questions += asked;
            if (answered && asked > 0) {
                hear();
            }
        }
        return questions;
    }

    private int drainQuestions() {
        int questions = 0;
        for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            assertThat(sent).isSameAs(MqttMessage.PINGREQ);
            questions++;
        }
        return questions;
    }

    private static final class Watcher extends ChannelInboundHandlerAdapter {
        private Throwable dead;

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            dead = cause;
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
