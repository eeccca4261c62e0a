package com.opendxl.client;

import static io.github.dxlcdi.client.wire.ForeignText.shown;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.callback.MessageCallback;
import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.callback.ResponseCallback;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.connection.Inbox;
import io.github.dxlcdi.client.dispatch.DeliveryQueue;
import io.github.dxlcdi.client.dispatch.DeliveryThreads;
import io.github.dxlcdi.client.dispatch.TopicCallbacks;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.request.PendingRequests;
import io.github.dxlcdi.client.request.RequestFailure;
import io.github.dxlcdi.client.spi.FabricConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way of a message inside the client: queued on the event loop, read and handed to callbacks on a delivery thread. An
 * answer is read on the event loop, and does not go through the queue if it is awaited.
 */
final class Incoming implements Inbox {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.dispatch");
    private static final long MEBIBYTE = 1024L * 1024;

    // A heap that is small must hold the queue all the same, next to whatever the application has there; and what waits
    // is
    // copied by each collection.
    private static final long QUEUE_BYTES =
            Math.min(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 32);
    private static final long RESERVE_BYTES =
            Math.min(16 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 16);

    /** What a message takes in memory beside its bytes and its topic, rounded up. */
    private static final int ENVELOPE_BYTES = 512;

    private final TopicCallbacks<EventCallback> eventCallbacks = new TopicCallbacks<>();
    private final TopicCallbacks<RequestCallback> requestCallbacks = new TopicCallbacks<>();
    private final TopicCallbacks<ResponseCallback> responseCallbacks = new TopicCallbacks<>();
    private final PendingRequests<Response> pending;
    private final OfferedServices services;
    private final Supplier<String> replyTopic;
    private final DeliveryQueue<ReceivedPacket> queue;
    private final DeliveryThreads<ReceivedPacket> threads;
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicBoolean countDue = new AtomicBoolean();
    private final AtomicLong unclaimed = new AtomicLong();
    private final int threadCount;

    // Of the event loop

    /** When the read began that goes on; 0 between two of them. */
    private long readMillis;

    /** Most messages have the topic of the one before: then they share its text, whose hash is known. */
    private String topicBefore = "";

    private volatile boolean ownThreads;
    private volatile FabricConnection.Listener listener;
    private volatile FabricConnection.Caller caller;
    private volatile Consumer<Runnable> soon = task -> {};

    /**
     * @param pending the requests that wait for an answer
     * @param services the services that requests may be for
     * @param replyTopic the topic on which answers come
     */
    Incoming(
            DxlClientConfig config,
            PendingRequests<Response> pending,
            OfferedServices services,
            Supplier<String> replyTopic) {
        this.pending = pending;
        this.services = services;
        this.replyTopic = replyTopic;
        queue = new DeliveryQueue<>(config.getIncomingMessageQueueSize(), QUEUE_BYTES, RESERVE_BYTES);
        threads = new DeliveryThreads<>(queue, this::deliver);
        threadCount = config.getIncomingMessageThreadPoolSize();
    }

    TopicCallbacks<EventCallback> eventCallbacks() {
        return eventCallbacks;
    }

    TopicCallbacks<RequestCallback> requestCallbacks() {
        return requestCallbacks;
    }

    TopicCallbacks<ResponseCallback> responseCallbacks() {
        return responseCallbacks;
    }

    /** Answers that nobody has waited for, and that nobody wanted to see. */
    long unclaimed() {
        return unclaimed.get();
    }

    /** Whether the caller runs on a delivery thread of our own; one that was lent may wait for an answer. */
    boolean isOwnDeliveryThread() {
        return ownThreads && threads.isOneOfThem();
    }

    void listener(FabricConnection.Listener listener) {
        this.listener = listener;
    }

    /** Sets who calls callbacks; null: they are called here. */
    void callThrough(FabricConnection.Caller caller) {
        this.caller = caller;
    }

    /** Sets what runs a task within a minute, on any thread, or not at all when the client is closed before. */
    void soon(Consumer<Runnable> timer) {
        soon = timer;
    }

    /** Starts the delivery threads that are missing; if those that were lent can't be had, with threads of our own. */
    void start(ThreadFactory lent, ThreadFactory own) {
        try {
            ownThreads |= lent == own;
            threads.start(threadCount, ownThreads ? own : lent);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "DXL0306 The server lends no threads for delivery; threads of our own are used", e);
            ownThreads = true;
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
        if (readMillis == 0) {
            readMillis = System.currentTimeMillis();
        }
        if (!topic.equals(topicBefore)) {
            topicBefore = topic;
        }
        ReceivedPacket packet = ReceivedPacket.received(topicBefore, body, readMillis);
        if (packet instanceof ReceivedPacket.Seen seen) {
            addResponse(seen.response(), body);
        } else {
            queue.add(packet, size(topic, body));
        }
    }

    @Override
    public void addedAll() {
        readMillis = 0;
        queue.handOver();
    }

    private void addResponse(Response response, byte[] body) {
        String topic = response.getDestinationTopic();
        // Before the one who has asked is told, and may add another.
        List<ResponseCallback> watching = responseCallbacks.of(topic);
        boolean claimed = pending.answered(response.getRequestMessageId(), response);
        boolean watched = !watching.isEmpty();
        if (claimed && watched) {
            queue.addAnswer(new ReceivedPacket.Shown(response, watching));
        } else if (watched) {
            queue.add(new ReceivedPacket.Shown(response, watching), size(topic, body));
        } else if (!claimed && topic.equals(replyTopic.get())) {
            drop(response);
        } else if (!claimed) {
            queue.add(ReceivedPacket.response(topic, body), size(topic, body));
        }
    }

    /** Whatever is read of it, its bytes are all that waits: what they say is made into objects when it is asked for. */
    private static int size(String topic, byte[] body) {
        return ENVELOPE_BYTES + topic.length() + body.length;
    }

    private void drop(Response response) {
        long count = unclaimed.incrementAndGet();
        LOG.log(
                Level.DEBUG,
                "DXL0307 An answer that nobody waits for is dropped ({0} so far): it came too late, or twice, or nobody"
                        + " wanted it; request {1}",
                count,
                shown(response.getRequestMessageId()));
    }

    /** Hands an answer to the callback of the one who has asked, on a delivery thread, before what waits in the queue. */
    void answer(ResponseCallback callback, Response response) {
        queue.addAnswer(new ReceivedPacket.Answered(callback, response));
    }

    @Override
    public boolean awaitsAnswer() {
        return !pending.isEmpty();
    }

    @Override
    public void giveUpAnswers() {
        pending.failAll(
                RequestFailure.NO_ROOM,
                "the delivery queue and its reserve are full: observers take longer than messages come");
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

    private void deliver(ReceivedPacket received) {
        ReceivedPacket packet = received instanceof ReceivedPacket.Unread unread ? unread.read() : received;
        if (packet instanceof ReceivedPacket.Told told) {
            Event event = told.event();
            for (EventCallback callback : eventCallbacks.of(event.getDestinationTopic())) {
                call(callback, event, callback::onEvent);
            }
        } else if (packet instanceof ReceivedPacket.Asked asked) {
            deliver(asked);
        } else if (packet instanceof ReceivedPacket.Answered answered) {
            Response response = answered.response();
            call(answered.callback(), response, answered.callback()::onResponse);
        } else if (packet instanceof ReceivedPacket.Shown shown) {
            deliver(shown);
        } else if (packet instanceof ReceivedPacket.Unreadable broken) {
            tell(broken);
        }
    }

    private void deliver(ReceivedPacket.Asked asked) {
        Request request = asked.request();
        AtomicBoolean taken = new AtomicBoolean();
        Consumer<RequestCallback> calling = callback -> {
            taken.set(true);
            call(callback, request, callback::onRequest);
        };
        requestCallbacks.forEach(request.getDestinationTopic(), calling);
        boolean handled = services.handle(request, calling);
        if (!handled && !taken.get()) {
            tell(ReceivedPacket.request(request.getDestinationTopic(), asked.body()));
        }
    }

    private void deliver(ReceivedPacket.Shown shown) {
        Response response = shown.response();
        List<ResponseCallback> present = responseCallbacks.of(response.getDestinationTopic());
        for (ResponseCallback callback : shown.callbacks()) {
            if (present.contains(callback)) {
                call(callback, response, callback::onResponse);
            }
        }
    }

    private <M extends Message> void call(MessageCallback callback, M message, Consumer<M> call) {
        FabricConnection.Caller through = caller;
        try {
            if (through == null || !through.takes(callback)) {
                call.accept(message);
            } else {
                through.call(callback, message, () -> call.accept(message));
            }
        } catch (Throwable e) {
            LOG.log(
                    Level.ERROR,
                    "DXL0301 " + callback.getClass().getName() + " failed for " + kind(message) + " "
                            + shown(message.getMessageId()) + " on " + shown(message.getDestinationTopic())
                            + "; other callbacks still get it",
                    e);
        }
    }

    private static String kind(Message message) {
        if (message instanceof Event) {
            return "event";
        }
        return message instanceof Request ? "request" : "response";
    }

    /**
     * A listener logs it; otherwise it is logged here, the first and then each time that their number doubles, and what
     * was left out is counted soon.
     */
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
        } else if (countDue.compareAndSet(false, true)) {
            soon.accept(this::logCount);
        }
    }

    /** Counts what was dropped without a line of its own, if anything. */
    void logCount() {
        if (countDue.compareAndSet(true, false)) {
            LOG.log(Level.WARNING, "DXL0304 {0} message(s) dropped so far", unreadable.get());
        }
    }
}
