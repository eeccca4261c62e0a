package com.opendxl.client;

import com.opendxl.client.exception.MalformedBrokerException;
import io.github.dxlcdi.client.config.BrokerAddress;
import java.util.Comparator;
import java.util.Objects;

/**
 * A broker of the fabric: where it listens, and how fast it answered when it was tried. Not safe for use by several threads
 * while it is changed.
 */
public class Broker implements Comparable<Broker>, Cloneable {
    /** TLS over TCP. */
    public static final String SSL_PROTOCOL = "ssl";

    /** Web sockets over TLS. */
    public static final String WSS_PROTOCOL = "wss";

    /** Between the parts of a broker's line. */
    public static final String FIELD_SEPARATOR = BrokerAddress.FIELD_SEPARATOR;

    private static final Comparator<Broker> BY_RESPONSE_TIME =
            Comparator.comparing(Broker::getResponseTime, Comparator.nullsLast(Comparator.naturalOrder()));

    private String uniqueId;
    private int port;
    private String hostName;
    private String ipAddress;
    private String protocol = SSL_PROTOCOL;
    private Long responseTime;
    private boolean responseFromIpAddress;

    /** A broker of which nothing is known yet; for subclasses that tell. */
    protected Broker() {}

    /**
     * A broker that speaks TLS over TCP.
     *
     * @param uniqueId its id, opaque
     * @param port 1 to 65535, usually 8883
     * @param hostName host name or address
     * @param ipAddress address to try when the name does not lead there; may be null
     */
    public Broker(String uniqueId, int port, String hostName, String ipAddress) {
        this.uniqueId = uniqueId;
        this.port = port;
        this.hostName = hostName;
        this.ipAddress = ipAddress;
    }

    /** The same, of a broker that speaks web sockets or does not. */
    public Broker(String uniqueId, int port, String hostName, String ipAddress, boolean useWebSockets) {
        this(uniqueId, port, hostName, ipAddress);
        protocol = useWebSockets ? WSS_PROTOCOL : SSL_PROTOCOL;
    }

    Broker(BrokerAddress address) {
        this(
                address.uniqueId(),
                address.port(),
                address.hostName(),
                address.ipAddress().isEmpty() ? null : address.ipAddress(),
                address.webSocket());
    }

    /**
     * Reads {@code id;port;host[;address]}, the same without the id, or a URL {@code [ssl://|wss://]host[:port]}.
     *
     * @throws MalformedBrokerException naming the line and the part that is wrong
     */
    public static Broker parse(String line) throws MalformedBrokerException {
        return new Broker(BrokerAddress.parse(line, false));
    }

    /** As {@link #parse(String)}, for a line whose protocol ({@code ssl} or {@code wss}) is known otherwise. */
    public static Broker parse(String line, String protocol) throws MalformedBrokerException {
        return parse(line, WSS_PROTOCOL.equals(protocol));
    }

    /** As {@link #parse(String)}, for a line of a broker that speaks web sockets or does not. */
    public static Broker parse(String line, boolean useWebSockets) throws MalformedBrokerException {
        return new Broker(BrokerAddress.parse(line, useWebSockets));
    }

    BrokerAddress address() {
        return new BrokerAddress(
                uniqueId,
                port,
                hostName == null ? "" : hostName,
                ipAddress == null ? "" : ipAddress,
                WSS_PROTOCOL.equals(protocol));
    }

    /** Its id, opaque. */
    public String getUniqueId() {
        return uniqueId;
    }

    public void setUniqueId(String uniqueId) {
        this.uniqueId = uniqueId;
    }

    /** Host name or address. */
    public String getHostName() {
        return hostName;
    }

    public void setHostName(String hostName) {
        this.hostName = hostName;
    }

    /** The address to try when the host name does not lead there; may be null. */
    public String getIpAddress() {
        return ipAddress;
    }

    public void setIpAddress(String ipAddress) {
        this.ipAddress = ipAddress;
    }

    /** Its TCP port. */
    public int getPort() {
        return port;
    }

    public void setPort(int port) {
        this.port = port;
    }

    /** {@value #SSL_PROTOCOL} or {@value #WSS_PROTOCOL}. */
    public String getProtocol() {
        return protocol;
    }

    public void setProtocol(String protocol) {
        this.protocol = protocol;
    }

    /** How long its TCP port took to answer, ns; null: not tried, or it did not answer. */
    public Long getResponseTime() {
        return responseTime;
    }

    /** Whether it answered by its address and not by its host name. */
    public boolean isResponseFromIpAddress() {
        return responseFromIpAddress;
    }

    /** Notes an answer. */
    void answered(long nanos, boolean fromIpAddress) {
        responseTime = nanos;
        responseFromIpAddress = fromIpAddress;
    }

    /** By response time, the fastest first; those that did not answer come last. Not consistent with {@link #equals}. */
    @Override
    public int compareTo(Broker other) {
        return BY_RESPONSE_TIME.compare(this, other);
    }

    /** By id, host, address and port. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Broker that
                && port == that.port
                && Objects.equals(uniqueId, that.uniqueId)
                && Objects.equals(hostName, that.hostName)
                && Objects.equals(ipAddress, that.ipAddress);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uniqueId, hostName, ipAddress, port);
    }

    /** A copy with the same response time; a subclass gets one of its own class. */
    @Override
    public Broker clone() throws CloneNotSupportedException {
        return (Broker) super.clone();
    }

    /** As {@link #clone()}, which fails only in a subclass that refuses. */
    Broker copy() {
        try {
            return clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(getClass().getName() + " can't be copied: its clone() refuses", e);
        }
    }

    /** {@code ssl://host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return address().toString();
    }
}
