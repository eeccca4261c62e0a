package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes a configuration so that clients in Java, Python and JavaScript read it. Of one that was read from a file only what
 * has changed since is written; all else stays as it stands there, also what others have changed meanwhile.
 */
final class ClientConfigWriter {
    private final ClientConfigFile now;
    private Optional<ClientConfigFile> before;

    ClientConfigWriter(ClientConfigFile now, Optional<ClientConfigFile> before) {
        this.now = now;
        this.before = before;
    }

    /** Writes to {@code path} what was read from {@code origin}, with the changes. */
    void write(Path path, Optional<Path> origin) throws DxlException {
        try {
            boolean there = origin.isPresent() && Files.exists(origin.get());
            if (!there) {
                before = Optional.empty();
            }
            IniText text = new IniText(there ? ConfigText.read(origin.get()) : "");
            change(text);
            ConfigText.replace(path, text.toString(), now.proxy().isPresent());
        } catch (IOException e) {
            throw new DxlException("Error writing configuration file " + GivenText.shownPath(path.toString()), e);
        } catch (DxlException e) {
            throw new DxlException(
                    "Error writing configuration file " + GivenText.shownPath(path.toString()) + ": " + e.getMessage(),
                    e.getCause());
        }
    }

    private void change(IniText text) throws DxlException {
        general(text, GeneralSection.USE_WEB_SOCKETS, GeneralSection::useWebSockets);
        general(text, GeneralSection.CLIENT_ID, GeneralSection::clientId);
        general(text, GeneralSection.TLS_MIN_VERSION, GeneralSection::tlsMinVersion);
        general(text, GeneralSection.VERIFY_HOSTNAME, GeneralSection::verifyHostname);
        general(text, GeneralSection.TLS_CIPHERS, GeneralSection::tlsCiphers);
        general(text, GeneralSection.CONNECT_RETRIES, GeneralSection::connectRetries);
        path(text, ClientConfigFile.CA_BUNDLE, ClientConfigFile::caBundle);
        path(text, ClientConfigFile.CERTIFICATE, ClientConfigFile::certificate);
        path(text, ClientConfigFile.PRIVATE_KEY, ClientConfigFile::privateKey);
        brokers(text, ClientConfigFile.BROKERS, now.brokers(), ClientConfigFile::brokers);
        brokers(text, ClientConfigFile.WEB_SOCKET_BROKERS, now.webSocketBrokers(), ClientConfigFile::webSocketBrokers);
        proxy(text, ProxySection.ADDRESS, ProxyAddress::host);
        proxy(text, ProxySection.PORT, proxy -> String.valueOf(proxy.port()));
        proxy(text, ProxySection.USER, ProxyAddress::user);
        proxy(text, ProxySection.PASSWORD, proxy -> proxy.password() == null ? null : new String(proxy.password()));
    }

    private void general(IniText text, String key, Function<GeneralSection, Optional<?>> value) throws DxlException {
        set(
                text,
                GeneralSection.GENERAL,
                key,
                config -> value.apply(config.general()).map(Object::toString));
    }

    private void path(IniText text, String key, Function<ClientConfigFile, String> value) throws DxlException {
        String path = value.apply(now);
        if (path == null || path.lines().count() > 1) {
            throw new DxlException(key + " is given as a text, and the file holds only paths; put the PEM text into a"
                    + " file and name that");
        }
        set(text, ClientConfigFile.CERTS, key, config -> Optional.ofNullable(value.apply(config)));
    }

    private void proxy(IniText text, String key, Function<ProxyAddress, String> value) throws DxlException {
        set(text, ProxySection.PROXY, key, config -> config.proxy().map(value));
    }

    private void set(IniText text, String section, String key, Function<ClientConfigFile, Optional<String>> value)
            throws DxlException {
        Optional<String> wanted = value.apply(now);
        if (!wanted.equals(before.flatMap(value))) {
            text.set(section, key, wanted);
        }
    }

    /** Keeps the lines of the brokers that are still wanted; the others go, and the new ones come last. */
    private void brokers(
            IniText text,
            String section,
            List<BrokerAddress> wanted,
            Function<ClientConfigFile, List<BrokerAddress>> value)
            throws DxlException {
        if (before.map(value).filter(wanted::equals).isPresent()) {
            return;
        }
        boolean webSockets = section.equals(ClientConfigFile.WEB_SOCKET_BROKERS);
        Set<BrokerAddress> missing = new LinkedHashSet<>(wanted);
        List<IniEntry> gone = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        for (IniEntry entry : text.parse().entries(section)) {
            List<BrokerAddress> line = ClientConfigFile.brokers(entry, webSockets);
            if (wanted.containsAll(line)) {
                line.forEach(missing::remove);
                keys.add(entry.key().toLowerCase(Locale.ROOT));
            } else {
                gone.add(entry);
            }
        }
        text.remove(gone);
        Map<String, String> added = new LinkedHashMap<>();
        for (BrokerAddress broker : missing) {
            String id = id(broker);
            String key = id;
            for (int number = 2; !keys.add(key.toLowerCase(Locale.ROOT)); number++) {
                key = id + "-" + number;
            }
            added.put(key, line(id, broker));
        }
        if (!added.isEmpty()) {
            text.add(section, added);
        }
    }

    private static String line(String id, BrokerAddress broker) throws DxlException {
        String line = id + ";" + broker.port() + ";" + broker.hostName()
                + (broker.ipAddress().isEmpty() ? "" : ";" + broker.ipAddress());
        // Made by hand it may be anything.
        BrokerAddress read = BrokerAddress.parse(line, broker.webSocket());
        if (!Objects.equals(
                read,
                new BrokerAddress(id, broker.port(), broker.hostName(), broker.ipAddress(), broker.webSocket()))) {
            throw new DxlException("Broker " + GivenText.shown(broker.toString())
                    + " can't be written as a line id;port;host[;address]");
        }
        return line;
    }

    /** Clients in Python and JavaScript take an id that begins with a digit for the port, unless it stands in braces. */
    private static String id(BrokerAddress broker) {
        String id = Objects.requireNonNullElse(broker.uniqueId(), "");
        return !id.isEmpty() && Character.isDigit(id.charAt(0)) ? "{" + id + "}" : id;
    }
}
