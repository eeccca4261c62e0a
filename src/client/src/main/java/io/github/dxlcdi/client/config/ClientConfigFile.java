package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code dxlclient.config} as provisioning writes it. Its paths count from its own folder, unless such a file exists
 * from the working directory.
 *
 * @param clientId the fixed client id of {@code [General] ClientId}
 * @param caBundle path of the fabric's certificate authorities, PEM ({@code [Certs] BrokerCertChain})
 * @param certificate path of the client's certificate, PEM ({@code [Certs] CertFile})
 * @param privateKey path of its key, PEM ({@code [Certs] PrivateKey})
 * @param brokers the lines of {@code [Brokers]}, or of {@code [BrokersWebSockets]} where web sockets are asked for or nothing
 *     else is there; in their order, at least one
 */
public record ClientConfigFile(
        Optional<String> clientId,
        String caBundle,
        String certificate,
        String privateKey,
        List<BrokerAddress> brokers) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> YES = List.of("yes", "true", "on", "1");
    private static final List<String> NO = List.of("no", "false", "off", "0");

    /**
     * Reads {@code path}.
     *
     * @throws DxlException naming the file and what is wrong in it
     */
    public static ClientConfigFile read(Path path) throws DxlException {
        try {
            return read(IniFile.parse(text(path).lines().toList()), path.toAbsolutePath());
        } catch (NoSuchFileException e) {
            throw new DxlException("Error reading configuration file " + path + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw new DxlException(
                    "Error reading configuration file " + path + ": this user has no permission to read it");
        } catch (IOException e) {
            throw new DxlException("Error reading configuration file " + path + ": " + e, e);
        } catch (DxlException e) {
            throw new DxlException("Error reading configuration file " + path + ": " + e.getMessage(), e);
        }
    }

    /** Editors on Windows begin a file with a byte order mark, and a comment in another encoding is no reason to fail. */
    private static String text(Path path) throws IOException {
        String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }

    private static ClientConfigFile read(IniFile ini, Path path) throws DxlException {
        if (ini.value("Proxy", "Address").isPresent()) {
            throw new DxlException(
                    "[Proxy] asks for a way through an HTTP proxy, which this version does not know; remove the section"
                            + " if the brokers can be reached without it");
        }
        boolean webSockets = asksForWebSockets(ini) || ini.values("Brokers").isEmpty();
        String section = webSockets ? "BrokersWebSockets" : "Brokers";
        List<BrokerAddress> brokers = new ArrayList<>();
        for (String line : ini.values(section)) {
            brokers.addAll(BrokerAddress.parseAll(line, webSockets));
        }
        if (brokers.isEmpty()) {
            throw new DxlException(
                    asksForWebSockets(ini)
                            ? "There is no broker under [BrokersWebSockets]"
                            : "There is no broker under [Brokers] or [BrokersWebSockets]");
        }
        return new ClientConfigFile(
                ini.value("General", "ClientId"),
                file(ini, "BrokerCertChain", path),
                file(ini, "CertFile", path),
                file(ini, "PrivateKey", path),
                List.copyOf(brokers));
    }

    private static boolean asksForWebSockets(IniFile ini) throws DxlException {
        String answer = ini.value("General", "UseWebSockets").orElse("no").toLowerCase(Locale.ROOT);
        if (!YES.contains(answer) && !NO.contains(answer)) {
            throw new DxlException(
                    "UseWebSockets=" + answer + " is not understood, expected one of " + YES + " or " + NO);
        }
        return YES.contains(answer);
    }

    private static String file(IniFile ini, String key, Path config) throws DxlException {
        String name = ini.value("Certs", key)
                .orElseThrow(() -> new DxlException("The key " + key + " is missing under [Certs]"));
        if (Files.isRegularFile(Path.of(name))) {
            return name;
        }
        Path beside = config.resolveSibling(name);
        if (Files.isRegularFile(beside)) {
            return beside.toString();
        }
        throw new DxlException(
                "File not found: " + key + "=" + name + ", neither from the working directory nor as " + beside);
    }
}
