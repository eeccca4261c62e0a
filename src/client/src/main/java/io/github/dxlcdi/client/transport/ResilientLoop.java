package io.github.dxlcdi.client.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Netty's loop ends with the first Error, and with whatever its logging throws; this one reports that and goes on. */
final class ResilientLoop extends SingleThreadIoEventLoop {
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final Consumer<Throwable> onFailure;

    /** @param onFailure told on the loop's thread; what it throws is told in turn */
    ResilientLoop(ThreadFactory threads, IoHandlerFactory handlers, Consumer<Throwable> onFailure) {
        super(null, threads, handlers);
        this.onFailure = onFailure;
    }

    @Override
    protected void run() {
        Throwable failure = null;
        while (true) {
            try {
                if (failure != null) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    Throwable told = failure;
                    failure = null;
                    onFailure.accept(told);
                }
                super.run();
                return;
            } catch (Throwable e) {
                if (isShuttingDown()) {
                    // It would fail for ever where the server has closed the class loader already.
                    throw e;
                }
                // Nothing else is done here: there may be no memory for it.
                failure = e;
            }
        }
    }
}
