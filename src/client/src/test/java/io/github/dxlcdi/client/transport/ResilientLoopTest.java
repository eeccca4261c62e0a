package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ResilientLoopTest {
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final AtomicBoolean classLoaderClosed = new AtomicBoolean();

    @Test
    void loop_that_can_load_no_more_classes_ends_when_it_is_shut_down() {
        ResilientLoop loop = new ResilientLoop(this::thread, new FailingIo(), failure -> {});
        loop.execute(() -> {});

        classLoaderClosed.set(true);
        loop.shutdownGracefully(0, 200, TimeUnit.MILLISECONDS);

        await().untilAsserted(() -> assertThat(thread.get().isAlive()).isFalse());
    }

    private Thread thread(Runnable task) {
        thread.set(new FastThreadLocalThread(task, "resilient-loop-test"));
        thread.get().setDaemon(true);
        return thread.get();
    }

    private final class FailingIo implements IoHandlerFactory {
        private final IoHandlerFactory nio = NioIoHandler.newFactory();

        @Override
        public IoHandler newHandler(ThreadAwareExecutor executor) {
            IoHandler handler = nio.newHandler(executor);
            return new IoHandler() {
                @Override
                public int run(IoHandlerContext context) {
                    if (classLoaderClosed.get()) {
                        throw new NoClassDefFoundError("injected");
                    }
                    return handler.run(context);
                }

                @Override
                public void prepareToDestroy() {
                    handler.prepareToDestroy();
                }

                @Override
                public void destroy() {
                    handler.destroy();
                }

                @Override
                public IoRegistration register(IoHandle handle) throws Exception {
                    return handler.register(handle);
                }

                @Override
                public void wakeup() {
                    handler.wakeup();
                }

                @Override
                public boolean isCompatible(Class<? extends IoHandle> handleType) {
                    return handler.isCompatible(handleType);
                }
            };
        }
    }
}
