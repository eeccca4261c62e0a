package io.github.dxlcdi.fabric;

import io.github.dxlcdi.fabric.broker.Broker;
import io.github.dxlcdi.fabric.pki.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What goes wrong between clients and their brokers, on demand: {@link Fabric#faults()} at every broker of the fabric, {@link
 * FabricBroker#faults()} at one. A method returns when the fault is there. Safe from any
 * thread; IllegalStateException once the fabric is closed.
 */
public final class Faults {
    private static final int SLOWEST = 20;

    private final List<FabricBroker> brokers;

    Faults(List<FabricBroker> brokers) {
        this.brokers = brokers;
    }

    /**
     * Ends all connections at once, without a word of TLS or MQTT: clients read the end of the stream, as when the
     * broker's process is killed. What was on its way is lost. New connections are welcome.
     */
    public void cut() {
        doors(Broker::cut);
    }

    /** Breaks all connections at once by a TCP reset, as a firewall or a machine that has lost its memory does. */
    public void reset() {
        doors(Broker::reset);
    }

    /**
     * The broker hangs: connections stay open, but nothing is read from them or written to them, and new ones wait
     * without an answer, all until {@link #resume()}. Clients that are silent meanwhile are not dropped; what is
     * published for them is kept within the limit of a slow client. What had already been sent may still arrive.
     */
    public void stall() {
        doors(Broker::stall);
    }

    /** Ends a {@link #stall()} and a {@link #slowReader}; what was held goes on. Without either it does nothing. */
    public void resume() {
        doors(Broker::resume);
    }

    /**
     * Sends {@code bytes} to every connected client, inside TLS, where an MQTT packet is expected. Whether a client
     * notices depends on the bytes: some are the beginning of a packet, and the client then waits for its end.
     *
     * @param bytes any, copied
     */
    public void garbage(byte[] bytes) {
        byte[] copy = bytes.clone();
        doors(broker -> broker.garbage(copy));
    }

    /**
     * The broker reads only so fast from each of its clients, present and future, until {@link #resume()}. What the
     * operating systems buffer between them, some megabytes, comes on top; a client whose pings stand behind that
     * backlog hears no answer.
     *
     * @param bytesPerSecond of TLS, 20 or more: they are read in at least twenty portions a second
     */
    public void slowReader(int bytesPerSecond) {
        if (bytesPerSecond < SLOWEST) {
            throw new IllegalArgumentException(bytesPerSecond + " bytes a second are not " + SLOWEST + " or more");
        }
        doors(broker -> broker.slowReader(bytesPerSecond));
    }

    /** The broker goes down: all connections are broken and new ones refused, until a {@link #restart()}. */
    public void stop() {
        doors(Broker::stop);
    }

    /** {@link #restartAfter(Duration)} without a pause. */
    public CompletableFuture<Void> restart() {
        return restartAfter(Duration.ZERO);
    }

    /**
     * The broker goes down, as with {@link #stop()}, and after {@code pause} comes back on the same port by itself.
     * Returns at once.
     *
     * @return done when it is back; failed if another program took the port meanwhile; cancelled by another {@link
     *     #stop()}, restart, or the end of the fabric
     */
    public CompletableFuture<Void> restartAfter(Duration pause) {
        Objects.requireNonNull(pause, "pause");
        return together(
                brokers.stream().map(broker -> broker.door().restart(pause)).toList());
    }

    /**
     * The network fails silently: the sockets that are open now stay open, but nothing more is read from them or written
     * to them, and their clients no longer count as connected. New connections work.
     */
    public void halfOpen() {
        doors(Broker::silence);
    }

    /**
     * The network between brokers fails: the broker keeps its clients, but what they send reaches nobody at the other
     * brokers, and nothing from there comes to them, until {@link #heal()}. With {@link Fabric#faults()} each broker is on
     * its own.
     */
    public void cutOff() {
        doors(Broker::cutOff);
    }

    /**
     * The broker shows new connections a certificate of its own authority without an extended key usage. Those that are
     * open stay open. Takes the place of another fault of certificates, until {@link #heal()}.
     */
    public void certificateWithoutUsage() {
        show(BrokerCertificates::withoutUsage);
    }

    /**
     * The broker shows new connections a certificate that has expired an hour ago, of its own authority. Those that are
     * open stay open. Takes the place of another fault of certificates, until {@link #heal()}.
     */
    public void expiredCertificate() {
        show(BrokerCertificates::expired);
    }

    /**
     * The broker shows new connections a certificate of an authority that no client knows. Those that are open stay open.
     * Takes the place of another fault of certificates, until {@link #heal()}.
     */
    public void foreignCertificate() {
        show(BrokerCertificates::foreign);
    }

    /**
     * The broker refuses the certificate of every new connection, with the alert {@code certificate_unknown}. With TLS 1.3
     * the client's part of the handshake is over by then. Connections that are open stay open. Takes the place of another
     * fault of certificates, until {@link #heal()}.
     */
    public void refuseCertificates() {
        brokers.forEach(broker -> broker.door()
                .refuse(broker.certificates().good(), broker.certificates().authority()));
    }

    /**
     * Nobody may send to a topic or receive from it, as where the broker's topic authorisation names no one of us: a message
     * vanishes, also one that the fabric itself publishes, and a subscription is confirmed as always. Adds to what is
     * forbidden already, until {@link #heal()}.
     *
     * @param topic a topic, or a filter of topics with the wildcards {@code +} and {@code #} of MQTT; else
     *     IllegalArgumentException
     */
    public void forbid(String topic) {
        Objects.requireNonNull(topic, "topic");
        doors(broker -> broker.forbid(topic));
    }

    /**
     * Ends every fault that lasts: the broker shows its good certificate again, lets its clients in, forbids no topic, is
     * joined to the other brokers, and reads and writes as fast as it can. Only one that is down stays so, until a {@link #restart()}, and connections that are
     * half-open stay dead for good; a certificate that is {@link Fabric#revoke revoked} stays so, and so does {@link
     * Fabric#authorisation()}.
     */
    public void heal() {
        show(BrokerCertificates::good);
        doors(Broker::allowAll);
        doors(Broker::joinAgain);
        resume();
    }

    private void doors(Consumer<Broker> action) {
        brokers.forEach(broker -> action.accept(broker.door()));
    }

    private void show(Function<BrokerCertificates, Identity> certificate) {
        brokers.forEach(broker -> broker.door()
                .serve(
                        certificate.apply(broker.certificates()),
                        broker.certificates().authority()));
    }

    /** Ends when all have ended; as the first that failed, if one did. To cancel it cancels all. */
    private static CompletableFuture<Void> together(List<CompletableFuture<Void>> returns) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        CompletableFuture.allOf(returns.toArray(CompletableFuture<?>[]::new)).whenComplete((back, failure) -> {
            if (failure == null) {
                all.complete(null);
            } else {
                // A cause that is a CancellationException counts as cancelled.
                all.completeExceptionally(failure.getCause());
            }
        });
        all.whenComplete((back, failure) -> returns.forEach(one -> one.cancel(false)));
        return all;
    }
}
