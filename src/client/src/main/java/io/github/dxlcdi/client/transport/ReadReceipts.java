package io.github.dxlcdi.client.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Knows which messages the broker has read. MQTT confirms no PUBLISH of quality of service 0, and a broker that sees
 * the end of the stream may drop what it has not read. But it takes one packet after the other: a PINGRESP shows that
 * it has read all that preceded the PINGREQ. Neither carries an id, so they are counted, those of the {@link
 * KeepAlive} too.
 *
 * <p>Sits between the codec and the {@link PacketHandler}. Runs on the event loop.
 */
final class ReadReceipts extends ChannelDuplexHandler {
    /** A PINGREQ follows each of them, so that a leave can tell a slow broker from a dead one. */
    private static final int BYTES_PER_PING = 64 * 1024;

    /** What a message takes besides its payload, roughly. */
    private static final int ENVELOPE_BYTES = 64;

    private static final Runnable NOTHING = () -> {};

    /** For each PINGREQ without an answer, the number of messages before it. */
    private final Deque<Long> pings = new ArrayDeque<>();

    private ChannelHandlerContext context;
    private long sent;
    private long read;
    private int bytesSincePing;

    // From leave() on

    private Runnable then;
    private long giveUpAt;
    private long silenceNanos = Long.MAX_VALUE;
    private long heardAt;
    private ScheduledFuture<?> watch;

    /** Messages sent since the last PINGREQ that was answered. */
    long unconfirmed() {
        return sent - read;
    }

    /**
     * Runs {@code then}, once: when the broker has read all messages, or has not within {@code timeout}. A second
     * call can only shorten the time. Nothing may be sent after the first.
     */
    void leave(LeaveTimeout timeout, Runnable then) {
        long now = now();
        long end = now + timeout.total().toNanos();
        if (this.then == null) {
            this.then = then;
            giveUpAt = end;
            heardAt = now;
            if (unconfirmed() > 0 && (pings.isEmpty() || pings.peekLast() < sent)) {
                context.channel().writeAndFlush(MqttMessage.PINGREQ);
            }
        }
        giveUpAt = Math.min(giveUpAt, end);
        silenceNanos = Math.min(silenceNanos, timeout.silence().toNanos());
        watch();
    }

    private void watch() {
        stopWatching();
        long left = Math.min(giveUpAt - now(), heardAt + silenceNanos - now());
        if (unconfirmed() > 0 && left > 0) {
            watch = context.executor().schedule(this::watch, left, TimeUnit.NANOSECONDS);
        } else {
            Runnable due = then;
            then = NOTHING;
            due.run();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void write(ChannelHandlerContext context, Object packet, ChannelPromise promise) {
        if (packet instanceof MqttPublishMessage message) {
            sent++;
            bytesSincePing += ENVELOPE_BYTES + message.payload().readableBytes();
            context.write(packet, promise);
            if (bytesSincePing >= BYTES_PER_PING) {
                write(context, MqttMessage.PINGREQ, context.newPromise());
            }
            return;
        }
        if (packet == MqttMessage.PINGREQ) {
            pings.add(sent);
            bytesSincePing = 0;
        }
        context.write(packet, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) {
        boolean answersPing = isPingResponse(packet);
        if (answersPing && !pings.isEmpty()) {
            read = pings.poll();
        }
        context.fireChannelRead(packet);
        if (watch != null) {
            heardAt = now();
            if (answersPing && unconfirmed() == 0) {
                watch();
            }
        }
    }

    private static boolean isPingResponse(Object packet) {
        return packet instanceof MqttMessage message
                && message.fixedHeader() != null
                && message.fixedHeader().messageType() == MqttMessageType.PINGRESP;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWatching();
        context.fireChannelInactive();
    }

    private void stopWatching() {
        if (watch != null) {
            watch.cancel(false);
            watch = null;
        }
    }

    private long now() {
        return context.executor().ticker().nanoTime();
    }
}
