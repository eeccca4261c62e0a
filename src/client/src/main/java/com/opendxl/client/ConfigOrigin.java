package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.config.ClientConfigFile;
import io.github.dxlcdi.client.config.GeneralSection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file that a configuration was read from.
 *
 * @param path where it lies; null: it was made by hand
 * @param content what it said then; null likewise
 */
record ConfigOrigin(Path path, ClientConfigFile content) {
    static final ConfigOrigin NONE = new ConfigOrigin(null, null);

    static ConfigOrigin read(String fileName) throws DxlException {
        Path path = path(fileName);
        return new ConfigOrigin(path, ClientConfigFile.read(path));
    }

    void write(String fileName, DxlClientConfig config) throws DxlException {
        ClientConfigFile now = new ClientConfigFile(
                general(config),
                config.getBrokerCaBundlePath(),
                config.certFile(),
                config.privateKey(),
                addresses(config.getBrokerList(), false),
                addresses(config.getWebSocketBrokers(), true),
                config.proxy());
        now.write(path(fileName), Optional.ofNullable(path), Optional.ofNullable(content));
    }

    private GeneralSection general(DxlClientConfig config) {
        Optional<GeneralSection> before = Optional.ofNullable(content).map(ClientConfigFile::general);
        Optional<Boolean> useWebSockets = config.givenUseWebSockets();
        if (useWebSockets.isEmpty()) {
            useWebSockets = before.isPresent() ? before.get().useWebSockets() : Optional.of(config.isUseWebSockets());
        }
        return new GeneralSection(
                useWebSockets,
                config.givenUniqueId(),
                config.tlsMinVersion(),
                said(
                        config.isHttpsHostnameVerificationEnabled(),
                        false,
                        before.flatMap(GeneralSection::verifyHostname)),
                config.tlsCiphers(),
                said(
                        config.getConnectRetries(),
                        SystemProperty.integer(Constants.SYSPROP_CONNECT_RETRIES, -1, -1),
                        before.flatMap(GeneralSection::connectRetries)));
    }

    /** What is as ever need not be said, unless the file says something already. */
    private static <T> Optional<T> said(T value, T usual, Optional<T> before) {
        return value.equals(usual) && before.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static List<BrokerAddress> addresses(List<Broker> brokers, boolean webSocket) {
        return brokers.stream()
                .map(Broker::address)
                // Which section a broker stands in says what it speaks.
                .map(broker -> new BrokerAddress(
                        broker.uniqueId(), broker.port(), broker.hostName(), broker.ipAddress(), webSocket))
                .toList();
    }

    private static Path path(String fileName) throws DxlException {
        if (fileName == null) {
            throw new DxlException("The name of the configuration file is null");
        }
        try {
            return Path.of(fileName);
        } catch (InvalidPathException e) {
            throw new DxlException("The name of the configuration file is none: " + e.getReason());
        }
    }
}
