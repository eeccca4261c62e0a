package io.github.dxlcdi.client.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * What carries TCP: Linux's epoll where {@code netty-transport-native-epoll} is on the class path and runs here, else the
 * JDK's NIO. Netty's own system property {@code io.netty.transport.noNative=true} keeps it at NIO. Nothing but speed
 * depends on it.
 *
 * @param handlers makes what an event loop waits with
 * @param channel a socket that connects
 * @param serverChannel one that listens
 */
public record SocketKind(
        IoHandlerFactory handlers,
        Class<? extends SocketChannel> channel,
        Class<? extends ServerSocketChannel> serverChannel) {

    /** The fastest that there are. Called on a thread of ours: it touches Netty. */
    static SocketKind here() {
        try {
            if (Epoll.isAvailable()) {
                return new SocketKind(
                        EpollIoHandler.newFactory(), EpollSocketChannel.class, EpollServerSocketChannel.class);
            }
        } catch (LinkageError e) {
            // It is not on the class path, as in most applications.
        }
        return new SocketKind(NioIoHandler.newFactory(), NioSocketChannel.class, NioServerSocketChannel.class);
    }
}
