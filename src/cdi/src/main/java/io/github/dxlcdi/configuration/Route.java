package io.github.dxlcdi.configuration;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClientConfig;
import java.util.List;
import java.util.regex.Pattern;

/** How brokers are reached: over web sockets or TCP, through a proxy or directly. */
final class Route {
    /** The keys that say so, and that make no sense where the fabric is inside the application. */
    static final List<ConfigurationKey<?>> KEYS = List.of(
            ConfigurationKey.WEBSOCKETS,
            ConfigurationKey.PROXY_HOST,
            ConfigurationKey.PROXY_PORT,
            ConfigurationKey.PROXY_USER,
            ConfigurationKey.PROXY_PASSWORD);

    private static final Pattern OVER_TCP = Pattern.compile("(?i)(.*,)?\\s*ssl://.*", Pattern.DOTALL);
    private static final Pattern OVER_WEB_SOCKETS = Pattern.compile("(?i)(.*,)?\\s*wss://.*", Pattern.DOTALL);

    private final ConfigurationValues values;

    Route(ConfigurationValues values) {
        this.values = values;
    }

    /** Adds a problem for each of the keys that lacks another one, or contradicts the brokers. */
    void check() {
        requires(ConfigurationKey.PROXY_HOST, ConfigurationKey.PROXY_PORT);
        requires(ConfigurationKey.PROXY_PORT, ConfigurationKey.PROXY_HOST);
        requires(ConfigurationKey.PROXY_USER, ConfigurationKey.PROXY_HOST);
        requires(ConfigurationKey.PROXY_PASSWORD, ConfigurationKey.PROXY_USER);
        Boolean webSockets = values.get(ConfigurationKey.WEBSOCKETS);
        String brokers = values.text(ConfigurationKey.BROKERS);
        if (webSockets != null && brokers != null) {
            Pattern others = webSockets ? OVER_TCP : OVER_WEB_SOCKETS;
            if (others.matcher(brokers).matches()) {
                conflict(
                        ConfigurationKey.WEBSOCKETS,
                        ConfigurationKey.BROKERS.name() + " names one as " + (webSockets ? "ssl://" : "wss://")
                                + "; correct one of them");
            }
        }
    }

    /** A client's configuration with brokers that were given by hand. */
    DxlClientConfig to(List<Broker> brokers, String ca, String certificate, String privateKey) {
        Boolean webSockets = values.get(ConfigurationKey.WEBSOCKETS);
        boolean all = webSockets == null
                ? brokers.stream().allMatch(broker -> Broker.WSS_PROTOCOL.equals(broker.getProtocol()))
                : webSockets;
        if (!all) {
            return new DxlClientConfig(ca, certificate, privateKey, brokers);
        }
        List<Broker> webSocketBrokers = brokers.stream()
                .map(given -> new Broker(
                        given.getUniqueId(), given.getPort(), given.getHostName(), given.getIpAddress(), true))
                .toList();
        DxlClientConfig config = new DxlClientConfig(ca, certificate, privateKey, List.of(), webSocketBrokers);
        config.setUseWebSockets(true);
        return config;
    }

    /** Sets in {@code config}, which comes from a file, what is said otherwise here; adds a problem if it can't be had. */
    void chooseBrokers(DxlClientConfig config) {
        Boolean webSockets = values.get(ConfigurationKey.WEBSOCKETS);
        if (webSockets == null) {
            return;
        }
        config.setUseWebSockets(webSockets);
        if (config.getInUseBrokerList().isEmpty()) {
            conflict(
                    ConfigurationKey.WEBSOCKETS,
                    ConfigurationKey.CONFIG_FILE.name() + " names no broker under "
                            + (webSockets ? "[BrokersWebSockets]" : "[Brokers]")
                            + "; add one there, or remove the key");
        }
    }

    /** Puts the proxy into {@code config}: all of it, so that no password goes to a proxy that it is not for. */
    void proxy(DxlClientConfig config) {
        if (!values.isSet(ConfigurationKey.PROXY_HOST)) {
            return;
        }
        String password = values.get(ConfigurationKey.PROXY_PASSWORD);
        config.setProxyAddress(values.get(ConfigurationKey.PROXY_HOST));
        config.setProxyPort(values.get(ConfigurationKey.PROXY_PORT));
        config.setProxyUserName(values.get(ConfigurationKey.PROXY_USER));
        config.setProxyPassword(password == null ? null : password.toCharArray());
    }

    private void requires(ConfigurationKey<?> key, ConfigurationKey<?> other) {
        if (values.isSet(key) && !values.isSet(other)) {
            conflict(key, other.name() + " is missing");
        }
    }

    private void conflict(ConfigurationKey<?> key, String why) {
        values.problems().add(values.conflict(key, why));
    }
}
