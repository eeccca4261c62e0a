package io.github.dxlcdi.client.connection;

import com.opendxl.client.exception.WaitTimeoutException;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.LeaveTimeout;
import io.github.dxlcdi.client.transport.Line;
import io.github.dxlcdi.client.transport.LinkException;
import io.github.dxlcdi.client.transport.MqttLink;
import io.github.dxlcdi.client.transport.Protection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One link to one broker, from the first packet to the last. It is ready when the broker has confirmed every subscription
 * that was wanted when it accepted us. Runs on the event loop.
 */
final class Session implements MqttLink.Listener {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.request");
    private static final String RESERVE_USED_UP =
            "the delivery queue and its reserve are full: observers take longer than messages come";

    /** What becomes of a session, told on the event loop. */
    interface Events {
        /** Every subscription is there. Comes once at the most. */
        void ready(Session session);

        /** It is over; nothing comes after this. */
        void ended(Session session, String reason);
    }

    private final BrokerAddress broker;
    private final ConnectionSettings settings;
    private final Supplier<Set<String>> wanted;
    private final Supplier<Set<String>> own;
    private final Inbox inbox;
    private final Events events;
    private final Map<String, CompletableFuture<Void>> subscriptions = new HashMap<>();
    private final PendingAcks pendingAcks;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private MqttLink link;
    private boolean accepted;
    private boolean ready;
    private String endReason;

    /**
     * @param wanted gives the topics to subscribe to once accepted
     * @param own gives those that the client itself needs besides; without them there is still all that was wanted
     * @param inbox where messages go, before and after the session is ready
     */
    Session(
            EventLoop loop,
            BrokerAddress broker,
            ConnectionSettings settings,
            Supplier<Set<String>> wanted,
            Supplier<Set<String>> own,
            Inbox inbox,
            Events events) {
        this.broker = broker;
        this.settings = settings;
        this.wanted = wanted;
        this.own = own;
        this.inbox = inbox;
        this.events = events;
        this.pendingAcks = new PendingAcks(loop, this::ackEnded);
    }

    void open(Line line, MqttLink.Target target, MqttLink.Settings linkSettings) {
        link = MqttLink.open(line, target, linkSettings, this);
    }

    BrokerAddress broker() {
        return broker;
    }

    Instant lastHeard() {
        return link.lastHeard();
    }

    /** How the link is protected; empty if TLS is not spoken here. */
    Optional<Protection> protection() {
        return link.protection();
    }

    boolean isReady() {
        return ready;
    }

    /** Messages of which it is not known that the broker has read them. */
    long unconfirmed() {
        return link.unconfirmed();
    }

    /** Whether {@link #leave} or {@link #close} was called, or something has ended it. */
    boolean isEnding() {
        return endReason != null;
    }

    /** Done when the socket is closed and {@link Events#ended} was told. */
    CompletableFuture<Void> over() {
        return over;
    }

    /**
     * Reads unless the inbox is full. Until the session is ready, and while an answer is awaited, be it the broker's or
     * that to a request, reading goes on into the reserve: the answer stands behind the messages.
     */
    void adjustReading() {
        if (isEnding()) {
            return;
        }
        boolean needsAnswer = !ready || !pendingAcks.isEmpty() || inbox.awaitsAnswer();
        if (needsAnswer && inbox.isReserveUsedUp()) {
            needsAnswer = false;
            if (ready) {
                pendingAcks.failAll(RESERVE_USED_UP);
                inbox.giveUpAnswers();
            } else {
                close(RESERVE_USED_UP);
            }
        }
        link.setReading(needsAnswer || !inbox.isFull());
    }

    CompletableFuture<Void> publish(String topic, byte[] body) {
        return link.publish(topic, body);
    }

    /** Subscribes to a topic that the client itself needs; nobody waits for it, and without it the session goes on. */
    void need(String topic) {
        if (accepted) {
            subscribeOwn(topic);
        }
    }

    /** Confirmed by the broker; at once if it has been before, and if it was not accepted yet: then the topic is wanted. */
    CompletableFuture<Void> subscribe(String topic) {
        return accepted ? subscribe(topic, settings.operationTimeout()) : CompletableFuture.completedFuture(null);
    }

    CompletableFuture<Void> unsubscribe(String topic) {
        if (subscriptions.remove(topic) == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> answer = pendingAcks.await(
                PendingAcks.Kind.UNSUBSCRIBE,
                topic,
                settings.operationTimeout(),
                packetId -> link.unsubscribe(packetId, topic));
        adjustReading();
        return answer;
    }

    /** Gives it up for a reason of our own. */
    void fail(String reason) {
        LinkException cause = new LinkException(reason);
        if (link == null) {
            closed(cause);
        } else {
            link.fail(cause);
        }
    }

    /**
     * Leaves the broker as soon as it has read all messages, or {@code timeout} is over; nothing may be published any
     * more. Done as {@link #over()}. A second call can only shorten the time.
     */
    CompletableFuture<Void> leave(String reason, LeaveTimeout timeout) {
        endReason = reason;
        link.leave(timeout);
        return over;
    }

    /** Closes the link, whatever the broker has read; done as {@link #over()}. */
    CompletableFuture<Void> close(String reason) {
        endReason = reason;
        link.close();
        return over;
    }

    @Override
    public void accepted() {
        accepted = true;
        own.get().forEach(this::subscribeOwn);
        for (String topic : wanted.get()) {
            subscribe(topic, settings.connectTimeout()).whenComplete((done, refused) -> {
                if (refused != null && !ready && endReason == null) {
                    close(refused.getMessage());
                }
            });
        }
        readyIfSubscribed();
    }

    private void subscribeOwn(String topic) {
        subscribe(topic, settings.connectTimeout()).whenComplete((done, refused) -> {
            if (refused instanceof WaitTimeoutException && !ready && endReason == null) {
                close(refused.getMessage());
            } else if (refused != null && endReason == null) {
                LOG.log(
                        Level.WARNING,
                        "DXL0401 {0}. No request of this client will be answered; let the broker grant it that topic",
                        refused.getMessage());
            }
        });
    }

    @Override
    public void published(String topic, byte[] body) {
        if (isEnding() && inbox.isFull()) {
            // There is no room, and to pause reading would keep the broker's last answer away.
            return;
        }
        inbox.add(topic, body);
        if (inbox.isFull()) {
            adjustReading();
        }
    }

    @Override
    public void readAll() {
        inbox.addedAll();
    }

    @Override
    public void subscribed(int packetId, boolean granted) {
        pendingAcks.answered(PendingAcks.Kind.SUBSCRIBE, packetId, granted);
    }

    @Override
    public void unsubscribed(int packetId) {
        pendingAcks.answered(PendingAcks.Kind.UNSUBSCRIBE, packetId, true);
    }

    private void ackEnded() {
        readyIfSubscribed();
        adjustReading();
    }

    @Override
    public void closed(LinkException cause) {
        String reason = endReason == null ? cause.getMessage() : endReason;
        endReason = reason;
        pendingAcks.failAll(reason);
        events.ended(this, reason);
        over.complete(null);
    }

    private void readyIfSubscribed() {
        if (!ready && endReason == null && pendingAcks.isEmpty()) {
            ready = true;
            adjustReading();
            events.ready(this);
        }
    }

    private CompletableFuture<Void> subscribe(String topic, Duration timeout) {
        CompletableFuture<Void> before = subscriptions.get(topic);
        if (before != null) {
            return before;
        }
        CompletableFuture<Void> answer = pendingAcks.await(
                PendingAcks.Kind.SUBSCRIBE, topic, timeout, packetId -> link.subscribe(packetId, topic));
        subscriptions.put(topic, answer);
        answer.whenComplete((done, refused) -> {
            if (refused != null) {
                subscriptions.remove(topic, answer);
            }
        });
        adjustReading();
        return answer;
    }
}
