package io.github.dxlcdi.configuration;

import com.opendxl.client.Broker;
import com.opendxl.client.util.UuidGenerator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A broker's URL. Our client reads URLs by itself. The OpenDXL Java client, which may replace it, reads only lines that
 * have an id.
 */
final class BrokerUrl {
    private static final Pattern URL = Pattern.compile(
            "(ssl|wss)://(?:\\[([0-9a-f.]*:[0-9a-f:.]*)]|([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?))(?::(\\d{1,5}))?",
            Pattern.CASE_INSENSITIVE);
    private static final int DEFAULT_PORT = 8883;
    private static final int HIGHEST_PORT = 65_535;

    private BrokerUrl() {}

    /** The broker at {@code ssl://host[:port]} or {@code wss://host[:port]}; empty: {@code text} is neither. */
    static Optional<Broker> read(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            return Optional.empty();
        }
        int port = url.group(4) == null ? DEFAULT_PORT : Integer.parseInt(url.group(4));
        if (port < 1 || port > HIGHEST_PORT) {
            return Optional.empty();
        }
        String host = url.group(2) == null ? url.group(3) : url.group(2);
        boolean webSockets = Broker.WSS_PROTOCOL.equalsIgnoreCase(url.group(1));
        return Optional.of(new Broker(UuidGenerator.generateIdAsString(), port, host, null, webSockets));
    }
}
