package com.opendxl.client;

import com.opendxl.client.exception.MalformedBrokerException;
import io.github.dxlcdi.client.config.BrokerAddress;
import java.util.Objects;

/** A broker of the fabric: where it listens. */
public class Broker implements Cloneable {
    public static final String SSL_PROTOCOL = "ssl";
    public static final String WSS_PROTOCOL = "wss";
    public static final String FIELD_SEPARATOR = BrokerAddress.FIELD_SEPARATOR;

    private String uniqueId;
    private int port;
    private String hostName;
    private String ipAddress;
    private String protocol = SSL_PROTOCOL;

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

    Broker(BrokerAddress address) {
        this(
                address.uniqueId(),
                address.port(),
                address.hostName(),
                address.ipAddress().isEmpty() ? null : address.ipAddress());
        protocol = address.webSocket() ? WSS_PROTOCOL : SSL_PROTOCOL;
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
                uniqueId, port, hostName, ipAddress == null ? "" : ipAddress, WSS_PROTOCOL.equals(protocol));
    }

    public String getUniqueId() {
        return uniqueId;
    }

    public void setUniqueId(String uniqueId) {
        this.uniqueId = uniqueId;
    }

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

    @Override
    public Broker clone() {
        try {
            return (Broker) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code ssl://host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return address().toString();
    }
}
