package com.opendxl.client;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.connection.Inbox;
import io.github.dxlcdi.client.dispatch.DeliveryQueue;
import io.github.dxlcdi.client.dispatch.DeliveryThreads;
import io.github.dxlcdi.client.dispatch.TopicCallbacks;
import io.github.dxlcdi.client.spi.FabricConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** The way of a message inside the client: read on the event loop, queued, handed to callbacks on a delivery thread. */
final class Incoming implements Inbox {
    private static final Logger LOG = System.getLogger("io.github.dxlcdi.client.dispatch");
    private static final int LONGEST_SHOWN = 100;
    private static final long MEBIBYTE = 1024L * 1024;

    // A heap that is small must hold the queue all the same, next to whatever the application has there.
    private static final long QUEUE_BYTES =
            Math.min(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 8);
    private static final long RESERVE_BYTES =
            Math.min(16 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 16);

    /** What a message takes in memory beside its payload: ids, topic, certificates of the sender. */
    private static final int ENVELOPE_BYTES = 1024;

    private final TopicCallbacks<EventCallback> eventCallbacks = new TopicCallbacks<>();
    private final DeliveryQueue<ReceivedPacket> queue;
    private final DeliveryThreads<ReceivedPacket> threads;
    private final AtomicLong unreadable = new AtomicLong();
    private final int threadCount;
    private volatile FabricConnection.Listener listener;

    Incoming(DxlClientConfig config) {
        queue = new DeliveryQueue<>(config.getIncomingMessageQueueSize(), QUEUE_BYTES, RESERVE_BYTES);
        threads = new DeliveryThreads<>(queue, this::deliver);
        threadCount = config.getIncomingMessageThreadPoolSize();
    }

    TopicCallbacks<EventCallback> eventCallbacks() {
        return eventCallbacks;
    }

    void listener(FabricConnection.Listener listener) {
        this.listener = listener;
    }

    /** Starts the delivery threads, once; if those that were lent can't be had, with threads of our own. */
    void start(ThreadFactory lent, ThreadFactory own) {
        try {
            threads.start(threadCount, lent);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "DXL0306 The server lends no threads for delivery; threads of our own are used", e);
            threads.start(threadCount, own);
        }
    }

    DeliveryThreads<ReceivedPacket> threads() {
        return threads;
    }

    int depth() {
        return queue.depth();
    }

    @Override
    public void add(String topic, byte[] body) {
        queue.add(ReceivedPacket.of(topic, body), ENVELOPE_BYTES + body.length);
    }

    @Override
    public boolean isFull() {
        return queue.isFull();
    }

    @Override
    public boolean isReserveUsedUp() {
        return queue.isReserveUsedUp();
    }

    @Override
    public void onRoom(Runnable task) {
        queue.onRoom(task);
    }

    private void deliver(ReceivedPacket packet) {
        if (packet instanceof ReceivedPacket.Readable readable) {
            Event event = readable.event();
            eventCallbacks.forEach(event.getDestinationTopic(), callback -> call(callback, event));
        } else if (packet instanceof ReceivedPacket.Unreadable broken) {
            tell(broken);
        }
    }

    private static void call(EventCallback callback, Event event) {
        try {
            callback.onEvent(event);
        } catch (Throwable e) {
            LOG.log(
                    Level.ERROR,
                    "DXL0301 " + callback.getClass().getName() + " failed for event " + shown(event.getMessageId())
                            + " on " + shown(event.getDestinationTopic()) + "; other callbacks still get it",
                    e);
        }
    }

    /** A sender's text, which must neither fill the log nor forge a line of it, nor steer the terminal that shows it. */
    static String shown(String foreign) {
        String line = foreign.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }

    /** Whoever listens logs it; otherwise it is logged here, the first and then each time that their number doubles. */
    private void tell(ReceivedPacket.Unreadable broken) {
        FabricConnection.Listener told = listener;
        if (told != null) {
            told.unreadable(broken.topic(), broken.body(), broken.cause());
            return;
        }
        long count = unreadable.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.log(
                    Level.WARNING,
                    "DXL0304 Message on {0} dropped ({1} so far): {2}",
                    shown(broken.topic()),
                    count,
                    broken.cause().getMessage());
        }
    }
}
