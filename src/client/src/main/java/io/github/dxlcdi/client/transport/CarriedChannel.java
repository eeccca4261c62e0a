package io.github.dxlcdi.client.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.util.concurrent.Executor;

/**
 * A channel of Netty's whose bytes a {@link SocketPump} carries. It asks for bytes when it wants to read, one portion at a
 * time, and gives away one buffer at a time; so whoever doesn't read or doesn't write holds the other side back. Runs on the
 * event loop.
 */
final class CarriedChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final SocketPump pump;
    private boolean open = true;
    private boolean reading;
    private boolean writing;

    CarriedChannel(SocketPump pump) {
        super(null);
        this.pump = pump;
        config.setAutoRead(false);
    }

    /** The portion that was asked for. */
    void received(byte[] bytes) {
        reading = false;
        if (open) {
            pipeline().fireChannelRead(Unpooled.wrappedBuffer(bytes));
            pipeline().fireChannelReadComplete();
        }
    }

    /** The peer has closed, or the socket is broken. */
    void ended(Throwable cause) {
        if (open) {
            if (cause != null) {
                pipeline().fireExceptionCaught(cause);
            }
            unsafe().close(voidPromise());
        }
    }

    /** The buffer that was given away is written. */
    void written() {
        writing = false;
        ((CarriedUnsafe) unsafe()).goOn();
    }

    @Override
    protected void doBeginRead() {
        if (!reading) {
            reading = true;
            pump.read();
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer buffers) {
        if (!writing && buffers.current() instanceof ByteBuf buffer) {
            writing = true;
            pump.write(ByteBufUtil.getBytes(buffer));
        }
    }

    @Override
    protected void doClose() {
        pump.close();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("Only bytes can be written, not " + message.getClass());
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new CarriedUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return pump.socket().getLocalSocketAddress();
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return pump.socket().getRemoteSocketAddress();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("It is connected already");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    private final class CarriedUnsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("It is connected already"));
        }

        void goOn() {
            ChannelOutboundBuffer buffers = outboundBuffer();
            if (buffers != null) {
                buffers.remove();
                flush0();
            }
        }

        /** The socket of the factory may take its time to close, which the event loop doesn't have. */
        @Override
        protected Executor prepareToClose() {
            open = false;
            return pump::aside;
        }
    }
}
