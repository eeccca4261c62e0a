package io.github.dxlcdi.fabric.broker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Lets one packet of a client through in each turn of the event loop, and drops those that still wait when the
 * client's stream ends: so does a DXL broker. Runs on the event loop.
 */
final class PacketTurns extends ChannelInboundHandlerAdapter {
    /** With so many waiting, or so many bytes, the socket is not read; with half of them it is again. */
    private static final int MOST_WAITING = 1_000;

    private static final int MOST_BYTES = 1024 * 1024;

    /** What the packets have caused is sent off together, but not later than after so many. */
    private static final int FLUSH_AFTER = 64;

    private final Queue<Object> waiting = new ArrayDeque<>();
    private final Gate gate;
    private ChannelHandlerContext ctx;
    private EventExecutor loop;
    private long waitingBytes;
    private int unflushed;
    private boolean turnIsDue;

    PacketTurns(Gate gate) {
        this.gate = gate;
    }

    /** What waits goes on, unless the gate is shut. */
    void goOn() {
        if (!turnIsDue && !waiting.isEmpty() && !gate.isShut()) {
            turnIsDue = true;
            // A task that is executed, not scheduled, would still belong to this turn.
            loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void turn() {
        turnIsDue = false;
        if (waiting.isEmpty() || gate.isShut()) {
            return;
        }
        Object packet = waiting.poll();
        waitingBytes -= bytes(packet);
        if (waiting.size() <= MOST_WAITING / 2 && waitingBytes <= MOST_BYTES / 2) {
            gate.hold(false);
        }
        unflushed++;
        ctx.fireChannelRead(packet);
        if (waiting.isEmpty() || unflushed == FLUSH_AFTER) {
            unflushed = 0;
            ctx.fireChannelReadComplete();
        }
        goOn();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        loop = ctx.executor();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        waiting.add(packet);
        waitingBytes += bytes(packet);
        if (waiting.size() >= MOST_WAITING || waitingBytes >= MOST_BYTES) {
            gate.hold(true);
        }
        goOn();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Told after the packets, which come later.
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    private void drop() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        waitingBytes = 0;
    }

    private static int bytes(Object packet) {
        return packet instanceof MqttPublishMessage message ? message.payload().readableBytes() : 0;
    }
}
