package io.github.dxlcdi.client.config;

/**
 * An HTTP proxy that a tunnel (CONNECT) leads through.
 *
 * @param host host name or address, IPv6 without brackets
 * @param port TCP port, 1 to 65535
 * @param user login name; null: the proxy asks for none
 * @param password its password; null like {@code user}
 */
public record ProxyAddress(String host, int port, String user, char[] password) {
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
