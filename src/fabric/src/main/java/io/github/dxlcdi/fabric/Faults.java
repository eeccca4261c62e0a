package io.github.dxlcdi.fabric;

import io.github.dxlcdi.fabric.broker.Broker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What goes wrong between a client and its broker, on demand. A method returns when the fault is there. Safe from any
 * thread; IllegalStateException once the fabric is closed.
 */
public final class Faults {
    private static final int SLOWEST = 20;

    private final Broker broker;
    private final Identities identities;

    Faults(Broker broker, Identities identities) {
        this.broker = broker;
        this.identities = identities;
    }

    /**
     * Ends all connections at once, without a word of TLS or MQTT: clients read the end of the stream, as when the
     * broker's process is killed. What was on its way is lost. New connections are welcome.
     */
    public void cut() {
        broker.cut();
    }

    /** Breaks all connections at once by a TCP reset, as a firewall or a machine that has lost its memory does. */
    public void reset() {
        broker.reset();
    }

    /**
     * The broker hangs: connections stay open, but nothing is read from them or written to them, and new ones wait
     * without an answer, all until {@link #resume()}. Clients that are silent meanwhile are not dropped; what is
     * published for them is kept within the limit of a slow client. What had already been sent may still arrive.
     */
    public void stall() {
        broker.stall();
    }

    /** Ends a {@link #stall()} and a {@link #slowReader}; what was held goes on. Without either it does nothing. */
    public void resume() {
        broker.resume();
    }

    /**
     * Sends {@code bytes} to every connected client, inside TLS, where an MQTT packet is expected. Whether a client
     * notices depends on the bytes: some are the beginning of a packet, and the client then waits for its end.
     *
     * @param bytes any, copied
     */
    public void garbage(byte[] bytes) {
        broker.garbage(bytes.clone());
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
        broker.slowReader(bytesPerSecond);
    }

    /** The broker goes down: all connections are broken and new ones refused, until a {@link #restart()}. */
    public void stop() {
        broker.stop();
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
        return broker.restart(Objects.requireNonNull(pause, "pause"));
    }

    /**
     * The network fails silently: the sockets that are open now stay open, but nothing more is read from them or written
     * to them, and their clients no longer count as connected. New connections work.
     */
    public void halfOpen() {
        broker.silence();
    }

    /**
     * The broker shows new connections a certificate that has expired an hour ago, of its own authority. Those that are
     * open stay open. Takes the place of another fault of certificates, until {@link #heal()}.
     */
    public void expiredCertificate() {
        broker.serve(identities.expiredBroker(), identities.authority());
    }

    /**
     * The broker shows new connections a certificate of an authority that no client knows. Those that are open stay open.
     * Takes the place of another fault of certificates, until {@link #heal()}.
     */
    public void foreignCertificate() {
        broker.serve(identities.foreignBroker(), identities.authority());
    }

    /**
     * The broker refuses the certificate of every new connection, with the alert {@code certificate_unknown}. With TLS 1.3
     * the client's part of the handshake is over by then. Connections that are open stay open. Takes the place of another
     * fault of certificates, until {@link #heal()}.
     */
    public void refuseCertificates() {
        broker.refuse(identities.broker(), identities.authority());
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
        broker.forbid(Objects.requireNonNull(topic, "topic"));
    }

    /**
     * Ends every fault that lasts: the broker shows its good certificate again, lets its clients in, forbids no topic, and
     * reads and writes as fast as it can. Only one that is down stays so, until a {@link #restart()}, and connections that are
     * half-open stay dead for good.
     */
    public void heal() {
        broker.serve(identities.broker(), identities.authority());
        broker.allowAll();
        resume();
    }
}
