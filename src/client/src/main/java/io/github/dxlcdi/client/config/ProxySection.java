package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import java.util.Optional;

/** The section {@code [Proxy]} of a {@code dxlclient.config}. */
final class ProxySection {
    static final String PROXY = "Proxy";
    static final String ADDRESS = "Address";
    static final String PORT = "Port";
    static final String USER = "User";
    static final String PASSWORD = "Password";

    private ProxySection() {}

    /** The proxy; without an address there is none, whatever else is written. */
    static Optional<ProxyAddress> of(IniFile ini) throws DxlException {
        Optional<IniEntry> address = ini.entry(PROXY, ADDRESS);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        IniEntry port = ini.entry(PROXY, PORT)
                .orElseThrow(() -> address.get()
                        .wrong("the proxy's port is missing; add Port=3128, or what the proxy listens on"));
        Optional<String> user = ini.value(PROXY, USER);
        char[] password = user.isEmpty()
                ? null
                : ini.value(PROXY, PASSWORD).map(String::toCharArray).orElse(null);
        return Optional.of(new ProxyAddress(host(address.get()), number(port), user.orElse(null), password));
    }

    private static String host(IniEntry address) throws DxlException {
        try {
            return ProxyAddress.host(address.plain());
        } catch (DxlException e) {
            throw address.wrong(e);
        }
    }

    private static int number(IniEntry port) throws DxlException {
        try {
            int number = Integer.parseInt(port.plain());
            if (number >= 1 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw port.wrong("the proxy's port is '" + GivenText.shown(port.plain()) + "', expected 1 to 65535");
    }
}
