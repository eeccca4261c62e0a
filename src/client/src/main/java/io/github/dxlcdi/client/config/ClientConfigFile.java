package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@code dxlclient.config} says. Its paths count from its own folder, unless such a file exists from the working
 * directory.
 *
 * @param general what stands under {@code [General]}
 * @param caBundle path of the fabric's certificate authorities, PEM ({@code [Certs] BrokerCertChain})
 * @param certificate path of the client's certificate, PEM ({@code [Certs] CertFile})
 * @param privateKey path of its key, PEM ({@code [Certs] PrivateKey})
 * @param brokers the lines of {@code [Brokers]}, in their order
 * @param webSocketBrokers the lines of {@code [BrokersWebSockets]}, in their order; one of the two lists has a broker
 * @param proxy the HTTP proxy on the way to the brokers
 */
public record ClientConfigFile(
        GeneralSection general,
        String caBundle,
        String certificate,
        String privateKey,
        List<BrokerAddress> brokers,
        List<BrokerAddress> webSocketBrokers,
        Optional<ProxyAddress> proxy) {
    static final String CERTS = "Certs";
    static final String CA_BUNDLE = "BrokerCertChain";
    static final String CERTIFICATE = "CertFile";
    static final String PRIVATE_KEY = "PrivateKey";
    static final String BROKERS = "Brokers";
    static final String WEB_SOCKET_BROKERS = "BrokersWebSockets";

    /** More than any fabric has. */
    static final int MAX_BROKERS = 1_000;

    /** The fixed client id, if there is one. */
    public Optional<String> clientId() {
        return general.clientId();
    }

    /**
     * Reads {@code path}.
     *
     * @throws DxlException naming the file, the line and what is wrong in it
     */
    public static ClientConfigFile read(Path path) throws DxlException {
        try {
            return parse(ConfigText.read(path), path.toAbsolutePath());
        } catch (DxlException e) {
            throw new DxlException(
                    "Error reading configuration file " + GivenText.shownPath(path.toString()) + ": " + e.getMessage(),
                    cause(e));
        }
    }

    /** Writes what has changed since {@code before} was read; see {@link ClientConfigWriter}. */
    public void write(Path path, Optional<Path> origin, Optional<ClientConfigFile> before) throws DxlException {
        new ClientConfigWriter(this, before).write(path, origin);
    }

    /** Our own words stand in the message already. */
    private static Throwable cause(DxlException e) {
        return e.getCause() == null
                ? null
                : Objects.requireNonNullElse(e.getCause().getCause(), e.getCause());
    }

    /** What a text says that stands, or would stand, in the file {@code path}. */
    static ClientConfigFile parse(String text, Path path) throws DxlException {
        Findings findings = new Findings();
        IniFile ini = IniFile.parse(IniText.lines(text), findings);
        if (ini.entries(BROKERS).isEmpty() && ini.entries(WEB_SOCKET_BROKERS).isEmpty()) {
            findings.add(new DxlException("There is no broker under [Brokers] or [BrokersWebSockets]; add one as"
                    + " key=id;port;host[;address]" + ini.sectionLike(BROKERS, WEB_SOCKET_BROKERS)));
        }
        ClientConfigFile file = new ClientConfigFile(
                GeneralSection.of(ini, findings),
                findings.of("", () -> file(ini, CA_BUNDLE, path)),
                findings.of("", () -> file(ini, CERTIFICATE, path)),
                findings.of("", () -> file(ini, PRIVATE_KEY, path)),
                brokers(ini, BROKERS, false, findings),
                brokers(ini, WEB_SOCKET_BROKERS, true, findings),
                findings.of(Optional.empty(), () -> ProxySection.of(ini)));
        findings.throwAll();
        return file;
    }

    static List<BrokerAddress> brokers(IniEntry entry, boolean webSockets) throws DxlException {
        try {
            return BrokerAddress.parseAll(entry.plain(), webSockets);
        } catch (DxlException e) {
            throw entry.wrong(e);
        }
    }

    private static List<BrokerAddress> brokers(IniFile ini, String section, boolean webSockets, Findings findings)
            throws DxlException {
        List<BrokerAddress> brokers = new ArrayList<>();
        for (IniEntry entry : ini.entries(section)) {
            brokers.addAll(findings.of(List.of(), () -> brokers(entry, webSockets)));
            if (brokers.size() > MAX_BROKERS) {
                throw entry.wrong("there are more than " + MAX_BROKERS + " brokers; name only those to be used");
            }
        }
        return List.copyOf(brokers);
    }

    private static String file(IniFile ini, String key, Path config) throws DxlException {
        IniEntry entry = ini.entry(CERTS, key)
                .orElseThrow(() ->
                        new DxlException("The key " + key + " is missing under [Certs]; provisioning writes it, or add "
                                + key + "=<path of a PEM file>" + ini.sectionLike(CERTS)));
        // A number sign may be a part of the name, or begin a comment behind it: what is there decides.
        for (String name : List.of(entry.whole(), entry.words(), entry.plain())) {
            Optional<String> found = found(name, config);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw entry.wrong("File not found: " + key + "=" + GivenText.shownPath(entry.words())
                + ", neither from the working directory nor beside the configuration, as " + config.getParent() + "/"
                + GivenText.shownPath(entry.words()) + "; put it there or correct the path");
    }

    private static Optional<String> found(String name, Path config) {
        try {
            if (Files.isRegularFile(Path.of(name))) {
                return Optional.of(name);
            }
            Path beside = config.resolveSibling(name);
            return Files.isRegularFile(beside) ? Optional.of(beside.toString()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
