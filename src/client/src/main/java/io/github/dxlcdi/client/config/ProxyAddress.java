package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;

/**
 * An HTTP proxy that a tunnel (CONNECT) leads through.
 *
 * @param host host name or address, IPv6 without brackets
 * @param port TCP port, 1 to 65535
 * @param user login name; null: the proxy asks for none
 * @param password its password; null like {@code user}
 */
public record ProxyAddress(String host, int port, String user, char[] password) {
    /**
     * The host of a proxy as it is configured, IPv6 with or without brackets.
     *
     * @throws DxlException if it is more than a host, such as a URL with a login in it
     */
    public static String host(String text) throws DxlException {
        return BrokerAddress.host(text.strip())
                .orElseThrow(() -> new DxlException("the proxy's address is '" + GivenText.shown(text)
                        + "', expected a host name or address alone; give its port and a login apart from it: Port,"
                        + " User and Password in dxlclient.config, or dxl.proxy.port, dxl.proxy.user and"
                        + " dxl.proxy.password"));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
