package com.opendxl.client;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.callback.ResponseCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.request.RequestFailure;
import io.github.dxlcdi.client.spi.FabricConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * A client of a DXL fabric. Make one from a {@link DxlClientConfig}, add callbacks, {@link #connect()}, and
 * {@link #close()} it in the end. All methods may be called from any thread, also from a callback, but for those that say
 * otherwise.
 *
 * <p>While callbacks take longer than messages come, the client reads no more from the network: it drops nothing, the
 * broker holds the messages back. A lost connection is sought again without end, with growing pauses, and every
 * subscription is restored before the client counts as connected; what was published meanwhile is lost, because the fabric
 * delivers with quality of service 0.
 */
public class DxlClient implements AutoCloseable, FabricConnection.Source {
    private static final String NOT_INITIALIZED = "The client is not initialized; call init() first";

    private final DxlClientConfig config;
    private final String uniqueId;
    private volatile ClientParts parts;
    private volatile Broker currentBroker;

    /**
     * Makes a client and loads its certificates; nothing goes over the network yet.
     *
     * @throws DxlException if a broker is missing or a certificate can't be read
     */
    public DxlClient(DxlClientConfig config) throws DxlException {
        this(config, true);
    }

    /** The same; without {@code init} only {@link #getConfig()} and {@link #getUniqueId()} work until {@link #init()}. */
    protected DxlClient(DxlClientConfig config, boolean init) throws DxlException {
        this.config = config;
        this.uniqueId = config.getUniqueId();
        if (init) {
            init();
        }
    }

    /** Loads the certificates and puts the client together, once; fails as the constructor. */
    protected void init() throws DxlException {
        if (parts == null) {
            parts = new ClientParts(this, config);
        }
    }

    /** Throws a DxlException unless {@link #init()} was called. */
    protected void checkInitialized() throws DxlException {
        if (parts == null) {
            throw new DxlException(NOT_INITIALIZED);
        }
    }

    /** The id of this client, as configured or made at random. A DXL broker does not pass it on. */
    public String getUniqueId() {
        return uniqueId;
    }

    /** The configuration that this client was made from. */
    public DxlClientConfig getConfig() {
        return config;
    }

    /** Whether it is connected and every subscription is confirmed. */
    public boolean isConnected() {
        return connection().status().broker() != null;
    }

    /**
     * Connects, and waits until every subscription is confirmed. On a connected client it does nothing; during another
     * attempt it waits for that one.
     *
     * @throws DxlException if no broker could be connected in {@link DxlClientConfig#getConnectRetries()} further passes,
     *     or the client was disconnected or closed meanwhile
     */
    public final void connect() throws DxlException {
        connect(false);
    }

    /** Connects; {@code reconnect}: {@link DxlClientConfig#isInfiniteReconnectRetries()} counts too. */
    protected void connect(boolean reconnect) throws DxlException {
        checkInitialized();
        Waiting.await(connection().connect(parts().passes(reconnect)), "connect");
    }

    /**
     * Leaves the broker, or ends an attempt to connect. Not connected: does nothing. Services are unregistered before; who
     * waits for an answer is told.
     *
     * <p>Waits until the broker has read every message that was sent, at most {@link
     * DxlClientConfig#getDisconnectTimeout()}. What it has not confirmed by then may be lost, which is logged
     * (DXL0208). Meanwhile nothing more can be sent. On the event loop it does not wait.
     */
    public final void disconnect() throws DxlException {
        parts().services().leave();
        CompletableFuture<Void> left = connection().disconnect();
        if (!connection().isEventLoop()) {
            Waiting.await(left, "disconnect");
        }
    }

    /** Leaves the broker, and connects again as {@link DxlClientConfig#isInfiniteReconnectRetries()} says. */
    public final void reconnect() throws DxlException {
        disconnect();
        connect(true);
    }

    /** As {@link #reconnect()} after a loss, but shares an attempt under way, and heeds a {@link #disconnect()} since. */
    final void resume() throws DxlException {
        Waiting.await(connection().resume(parts().passes(true)), "reconnect");
    }

    /**
     * Disconnects and ends all threads. Who waits for an answer is told at once. The client can't be used again.
     *
     * <p>Waits until the broker has read every message that was sent: as {@link #disconnect()} does, but no longer
     * than the broker gives a sign of life each second. A broker that gives none, and callbacks that are running,
     * hold it up for less than two seconds.
     */
    @Override
    public final void close() throws Exception {
        ClientParts made = parts;
        if (made != null) {
            made.close();
        }
    }

    /** The broker that it is connected to; null if there is none. */
    public Broker getCurrentBroker() {
        BrokerAddress broker = connection().status().broker();
        Broker told = currentBroker;
        return broker == null || told != null ? told : new Broker(broker);
    }

    /** Has {@link #getCurrentBroker()} tell this one; null: the one that it is connected to. */
    protected void setCurrentBroker(Broker broker) {
        currentBroker = broker;
    }

    /**
     * Subscribes; {@code #} and {@code +} are wildcards by the rules of MQTT. Remembered when not connected, and restored
     * after each reconnect.
     *
     * @throws DxlException if the broker refuses, or has not confirmed within {@link
     *     DxlClientConfig#getOperationTimeToWait()}, or the connection is lost before; then the topic is not remembered
     * @throws IllegalArgumentException if a wildcard is misplaced
     */
    public final void subscribe(String topic) throws DxlException {
        Waiting.await(parts().demand().subscribe(topic), "subscribe");
    }

    /** Ends a subscription; one that is not there is no error. */
    public final void unsubscribe(String topic) throws DxlException {
        Waiting.await(parts().demand().unsubscribe(topic), "unsubscribe");
    }

    /**
     * A copy of the topics subscribed to, or to be subscribed to on the next connect. The topic on which this client gets
     * its answers is not among them.
     */
    public Set<String> getSubscriptions() {
        return connection().subscriptions();
    }

    /** As {@link #syncRequest(Request, long)} with the configuration's {@code dxlClient.defaultWait}, an hour by default. */
    public Response syncRequest(Request request) throws DxlException {
        return syncRequest(request, parts().requests().defaultWait(), any -> true);
    }

    /**
     * Asks and waits {@code waitMillis} ms for the answer; an {@link ErrorResponse} is returned and not thrown. A callback
     * may call this only if its thread was lent to the client, as {@code dxl-cdi} does.
     *
     * @throws WaitTimeoutException if the answer has not come by then
     * @throws DxlException if not connected, if the connection is lost or the client closed meanwhile, if there is no room
     *     for what precedes the answer, or on a delivery thread of the client's own
     */
    public Response syncRequest(Request request, long waitMillis) throws DxlException {
        return syncRequest(request, Duration.ofMillis(waitMillis), any -> true);
    }

    /**
     * As {@link #syncRequest(Request, long)}, for a request that several answer: returns the first answer that is
     * {@code wanted}, and passes over the others. Not part of the OpenDXL Java client.
     *
     * @param wanted is asked on the event loop, and must not wait
     */
    public Response syncRequest(Request request, Duration wait, Predicate<? super Response> wanted)
            throws DxlException {
        return parts().requests().sync(request, wait, wanted);
    }

    /** Asks without waiting for an answer. */
    public void asyncRequest(Request request) throws DxlException {
        asyncRequest(request, null);
    }

    /** As {@link #asyncRequest(Request, ResponseCallback, long)} with the wait of {@link #syncRequest(Request)}. */
    public void asyncRequest(Request request, ResponseCallback callback) throws DxlException {
        parts().requests().async(request, callback, parts().requests().defaultWait());
    }

    /**
     * Asks; returns when the operating system has the request. The callback is called exactly once, on a delivery thread,
     * before what waits in the queue: with the answer, or with an {@link ErrorResponse} that this client makes itself when
     * there is none: its codes are those of {@link RequestFailure}.
     *
     * @param callback null: an answer is not awaited
     * @param waitMillis how long the answer is awaited, ms
     * @throws DxlException if not connected, or as {@link #sendEvent}; then the callback is not called
     */
    public void asyncRequest(Request request, ResponseCallback callback, long waitMillis) throws DxlException {
        parts().requests().async(request, callback, Duration.ofMillis(waitMillis));
    }

    /** As {@link #requestAsync(Request, Duration)} with the wait of {@link #syncRequest(Request)}. */
    public CompletableFuture<Response> requestAsync(Request request) {
        return requestAsync(request, parts().requests().defaultWait());
    }

    /**
     * Asks, without waiting for anything but room, as {@link #sendEvent} does; not part of the OpenDXL Java client. The
     * future holds the answer, which may be an {@link ErrorResponse}, or fails as {@link #syncRequest(Request, long)}
     * does. To cancel or complete it ends the wait.
     *
     * <p>One thread, neither the event loop nor a delivery thread, completes these futures one after another and runs
     * what hangs on them. When it has been with one of them for a tenth of a second, another thread takes over until it
     * is back. So callbacks, and what hangs on a future, may wait for other futures; but to compose them costs no
     * thread and no such pause.
     */
    public CompletableFuture<Response> requestAsync(Request request, Duration wait) {
        return parts().requests().future(request, wait);
    }

    /** How many callbacks of {@link #asyncRequest} wait for an answer. */
    protected int getAsyncCallbackCount() {
        return parts().requests().callbackCount();
    }

    /** Whether the caller runs on a delivery thread of this client's own, where {@link #syncRequest} is refused. */
    protected boolean isIncomingMessageThread() {
        return incoming().isOwnDeliveryThread();
    }

    /** The topic on which this client gets its answers: {@code /mcafee/client/<id>}. */
    public String getReplyToTopic() {
        return parts().requests().replyTopic();
    }

    /** Has answers come on another topic, which is subscribed to instead. */
    protected void setReplyToTopic(String topic) {
        parts().requests().replyTopic(topic);
    }

    /**
     * Sends an event, with this client's id as its source; returns when the operating system has taken it. Whether it
     * arrives, nobody tells. While the broker does not read it waits.
     *
     * @throws DxlException if not connected, or if the connection is lost meanwhile; {@link WaitTimeoutException} if there is
     *     no room for the message within {@link DxlClientConfig#getOperationTimeToWait()}: what was sent before fills
     *     16 MiB; also, before anything is sent, if it is larger than {@link DxlClientConfig#getMaxPacketSize()}
     * @throws IllegalArgumentException if its topic has a wildcard in it
     */
    public void sendEvent(Event event) throws DxlException {
        parts().outgoing().send(event);
    }

    /** Answers a request as {@link #sendEvent} sends; fails, too, if the request names no topic for the answer. */
    public void sendResponse(Response response) throws DxlException {
        parts().outgoing().send(response);
    }

    /**
     * Adds a callback for requests on {@code topic} (null: all), and on those below it if it ends in {@code #}. Subscribes
     * to nothing. The same callback is held once per topic.
     *
     * @throws IllegalArgumentException if the callback is null
     */
    public void addRequestCallback(String topic, RequestCallback callback) {
        incoming().requestCallbacks().add(topic, callback);
    }

    /** Removes a callback; one that is not there is no error. */
    public void removeRequestCallback(String topic, RequestCallback callback) {
        incoming().requestCallbacks().remove(topic, callback);
    }

    /**
     * Adds a callback for answers on {@code topic} (null: all), also those that nobody has asked for. Subscribes to nothing.
     * An answer that is awaited is seen before what waits in the queue. The callback gets the answers that arrive from
     * now on, and none that arrived before it was added.
     *
     * @throws IllegalArgumentException if the callback is null
     */
    public void addResponseCallback(String topic, ResponseCallback callback) {
        incoming().responseCallbacks().add(topic, callback);
    }

    /** Removes a callback; one that is not there is no error. */
    public void removeResponseCallback(String topic, ResponseCallback callback) {
        incoming().responseCallbacks().remove(topic, callback);
    }

    /** Adds a callback and subscribes to its topic. */
    public void addEventCallback(String topic, EventCallback callback) throws DxlException {
        addEventCallback(topic, callback, true);
    }

    /**
     * Adds a callback for events. It gets those of {@code topic} (null: all), and those below it if it ends in
     * {@code #}; with {@code +} in it none, although the broker sends them: subscribe to that and add the callback for
     * null. The same callback is held once per topic.
     *
     * @throws IllegalArgumentException if the callback is null; then nothing is subscribed to
     */
    public void addEventCallback(String topic, EventCallback callback, boolean subscribeToTopic) throws DxlException {
        Waiting.await(parts().demand().add(topic, callback, subscribeToTopic), "subscribe");
    }

    /** Removes a callback, and ends the subscription unless another callback of the same topic is left. */
    public void removeEventCallback(String topic, EventCallback callback) throws DxlException {
        removeEventCallback(topic, callback, true);
    }

    /** Removes a callback; ends the subscription only if wanted and if no other callback of the same topic is left. */
    public void removeEventCallback(String topic, EventCallback callback, boolean unsubscribeFromTopic)
            throws DxlException {
        Waiting.await(parts().demand().remove(topic, callback, unsubscribeFromTopic), "unsubscribe");
    }

    /**
     * Offers a service: subscribes to its topics, and registers it at the broker, now or on the next connect, after each
     * reconnect and whenever its lifetime is over; after a failure it is tried again. A service that is there already is
     * registered as it is now.
     *
     * @throws DxlException if the client is closed, or the registration is larger than {@link
     *     DxlClientConfig#getMaxPacketSize()}; then nothing changes
     */
    public void registerServiceAsync(ServiceRegistrationInfo info) throws DxlException {
        parts().services().register(info);
    }

    /**
     * As {@link #registerServiceAsync}, and waits until the broker has confirmed. If it has not within {@code
     * timeoutMillis}, that is a {@link WaitTimeoutException}, but the service stays, and is tried again. Fails if not
     * connected, and on a delivery thread of the client's own.
     */
    public void registerServiceSync(ServiceRegistrationInfo info, long timeoutMillis) throws DxlException {
        parts().services().registerSync(info, timeoutMillis);
    }

    /** Offers a service no longer; if a broker that is not there may know it still, it is told on the next connect. */
    public void unregisterServiceAsync(ServiceRegistrationInfo info) throws DxlException {
        unregisterServiceAsync(info.getServiceId());
    }

    /** The same by its id; one that is not there is no error. */
    public void unregisterServiceAsync(String serviceId) throws DxlException {
        parts().services().unregister(serviceId);
    }

    /**
     * As {@link #unregisterServiceAsync}, and waits until the broker has confirmed, unless no broker knows the service. It
     * is not offered any more even if that fails, as {@link #registerServiceSync} does.
     */
    public void unregisterServiceSync(ServiceRegistrationInfo info, long timeoutMillis) throws DxlException {
        parts().services().unregisterSync(info, timeoutMillis);
    }

    /**
     * The services that are offered: {@code type}, {@code guid}, {@code topics} (set), {@code metadata} (map), {@code ttl}
     * (long, in the service's unit), {@code registration} (long, last confirmation in ms since 1970, or 0).
     */
    protected List<Map<String, Object>> getActiveServices() {
        return parts().services().active();
    }

    /** Sets what happens after a connection was lost; null: nothing. */
    public void setDisconnectedStrategy(DisconnectedStrategy strategy) {
        parts().disconnectedStrategy(strategy);
    }

    @Override
    public FabricConnection fabricConnection() {
        return parts().managed();
    }

    Incoming incoming() {
        return parts().incoming();
    }

    Connection connection() {
        return parts().connection();
    }

    private ClientParts parts() {
        ClientParts made = parts;
        if (made == null) {
            throw new IllegalStateException(NOT_INITIALIZED);
        }
        return made;
    }

    /** Makes the socket factory of {@link #setSslSocketFactoryCallback}. */
    protected interface SslSocketFactoryCallback {
        /** Called before each connection is opened, on a thread that may wait; what it throws fails that try. */
        SSLSocketFactory createFactory(DxlClientConfig config) throws Exception;
    }

    /**
     * Has all sockets made by {@code factory} from the next connect on; null: by the client again. The factory decides on
     * TLS, certificates and the way to the broker: those of the configuration, its proxy too, are not used. It is asked for
     * unconnected sockets.
     *
     * <p>This is the slow way: two threads carry each byte to and from such a socket, and brokers are tried as they are
     * listed.
     */
    public void setSocketFactory(SSLSocketFactory factory) {
        connection().socketFactory(factory == null ? null : () -> factory);
    }

    /** As {@link #setSocketFactory}, with a factory made anew for each connection; null: none. */
    protected void setSslSocketFactoryCallback(SslSocketFactoryCallback callback) {
        connection().socketFactory(callback == null ? null : () -> callback.createFactory(config));
    }
}
