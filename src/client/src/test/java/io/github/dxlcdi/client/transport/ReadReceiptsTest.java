package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadReceiptsTest {
    private static final LeaveTimeout TEN_SECONDS = LeaveTimeout.of(Duration.ofSeconds(10));

    private final ReadReceipts receipts = new ReadReceipts();
    private final EmbeddedChannel channel = new EmbeddedChannel(receipts);
    private int left;

    @BeforeEach
    void freeze() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void leave_with_nothing_sent_is_done_at_once_without_a_ping() {
        receipts.leave(TEN_SECONDS, () -> left++);

        assertThat(left).isEqualTo(1);
        assertThat(pings()).isZero();
    }

    @Test
    void leave_with_everything_confirmed_is_done_at_once_without_a_ping() {
        publish(1);
        channel.writeOutbound(MqttMessage.PINGREQ);
        channel.writeInbound(MqttMessage.PINGRESP);
        pings();

        receipts.leave(TEN_SECONDS, () -> left++);

        assertThat(left).isEqualTo(1);
        assertThat(pings()).isZero();
    }

    @Test
    void leave_during_pings_of_the_keep_alive_waits_for_the_answer_to_its_own() {
        channel.writeOutbound(MqttMessage.PINGREQ);
        publish(2);
        channel.writeOutbound(MqttMessage.PINGREQ);
        publish(3);
        receipts.leave(TEN_SECONDS, () -> left++);
        assertThat(pings()).isEqualTo(3);

        channel.writeInbound(MqttMessage.PINGRESP);
        assertThat(receipts.unconfirmed()).isEqualTo(5);
        channel.writeInbound(MqttMessage.PINGRESP);
        assertThat(receipts.unconfirmed()).isEqualTo(3);
        assertThat(left).isZero();
        channel.writeInbound(MqttMessage.PINGRESP);

        assertThat(left).isEqualTo(1);
        assertThat(receipts.unconfirmed()).isZero();
    }

    @Test
    void leave_after_a_ping_that_covers_everything_sends_no_other() {
        publish(1);
        channel.writeOutbound(MqttMessage.PINGREQ);

        receipts.leave(TEN_SECONDS, () -> left++);
        assertThat(pings()).isEqualTo(1);
        channel.writeInbound(MqttMessage.PINGRESP);

        assertThat(left).isEqualTo(1);
    }

    @Test
    void leave_without_an_answer_ends_with_the_timeout() {
        publish(4);
        receipts.leave(TEN_SECONDS, () -> left++);

        elapse(9_990);
        assertThat(left).isZero();
        elapse(20);

        assertThat(left).isEqualTo(1);
        assertThat(receipts.unconfirmed()).isEqualTo(4);
    }

    @Test
    void leave_from_a_broker_that_gives_signs_of_life_goes_on_until_it_is_silent() {
        publish(1);
        receipts.leave(new LeaveTimeout(Duration.ofMinutes(1), Duration.ofSeconds(1)), () -> left++);
        for (int i = 0; i < 5; i++) {
            elapse(900);
            channel.writeInbound(message());
        }
        assertThat(left).isZero();

        elapse(1_010);

        assertThat(left).isEqualTo(1);
    }

    @Test
    void leave_called_twice_ends_once_within_the_shorter_time() {
        publish(1);
        receipts.leave(TEN_SECONDS, () -> left++);
        receipts.leave(LeaveTimeout.of(Duration.ofSeconds(1)), () -> left += 10);
        assertThat(pings()).isEqualTo(1);

        elapse(1_010);
        receipts.leave(TEN_SECONDS, () -> left += 10);

        assertThat(left).isEqualTo(1);
    }

    @Test
    void leave_with_a_timeout_of_zero_does_not_wait() {
        publish(1);

        receipts.leave(LeaveTimeout.of(Duration.ZERO), () -> left++);

        assertThat(left).isEqualTo(1);
    }

    @Test
    void leave_on_a_channel_that_closes_leaves_no_task_behind() {
        publish(1);
        receipts.leave(TEN_SECONDS, () -> left++);

        channel.close();

        assertThat(channel.runScheduledPendingTasks()).as("none is due").isEqualTo(-1);
    }

    @Test
    void publish_of_many_bytes_asks_from_time_to_time() {
        publish(64 * 1024 / (64 + 100) * 3 + 3);

        assertThat(pings()).isEqualTo(3);
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            channel.writeOutbound(message());
        }
    }

    private static MqttPublishMessage message() {
        return MqttMessageBuilders.publish()
                .topicName("/a")
                .qos(MqttQoS.AT_MOST_ONCE)
                .payload(Unpooled.wrappedBuffer(new byte[100]))
                .build();
    }

    private void elapse(int millis) {
        for (int passed = 0; passed < millis; passed += 10) {
            channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private int pings() {
        int pings = 0;
        for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            if (sent == MqttMessage.PINGREQ) {
                pings++;
            }
            ReferenceCountUtil.release(sent);
        }
        return pings;
    }
}
