package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code dxlclient.config} as provisioning writes it. Its paths count from its own folder, unless such a file exists
 * from the working directory.
 *
 * @param clientId the fixed client id of {@code [General] ClientId}
 * @param caBundle path of the fabric's certificate authorities, PEM ({@code [Certs] BrokerCertChain})
 * @param certificate path of the client's certificate, PEM ({@code [Certs] CertFile})
 * @param privateKey path of its key, PEM ({@code [Certs] PrivateKey})
 * @param brokers the lines of {@code [Brokers]}, in their order, at least one
 */
public record ClientConfigFile(
        Optional<String> clientId,
        String caBundle,
        String certificate,
        String privateKey,
        List<BrokerAddress> brokers) {

    /**
     * Reads {@code path}.
     *
     * @throws DxlException naming the file and what is wrong in it
     */
    public static ClientConfigFile read(Path path) throws DxlException {
        try {
            return read(IniFile.parse(Files.readAllLines(path)), path.toAbsolutePath());
        } catch (IOException e) {
            throw new DxlException("Error reading configuration file " + path, e);
        } catch (DxlException e) {
            throw new DxlException("Error reading configuration file " + path + ": " + e.getMessage(), e);
        }
    }

    private static ClientConfigFile read(IniFile ini, Path path) throws DxlException {
        if (ini.value("Proxy", "Address").isPresent()) {
            throw new DxlException(
                    "[Proxy] asks for a way through an HTTP proxy, which this version does not know; remove the section"
                            + " if the brokers can be reached without it");
        }
        boolean webSockets = ini.value("General", "UseWebSockets")
                .map(String::toLowerCase)
                .filter(List.of("yes", "true", "on", "1")::contains)
                .isPresent();
        List<BrokerAddress> brokers = new ArrayList<>();
        for (String line : ini.values("Brokers")) {
            brokers.add(BrokerAddress.parse(line, false));
        }
        if (webSockets || (brokers.isEmpty() && !ini.values("BrokersWebSockets").isEmpty())) {
            throw new DxlException("It asks for web sockets, which this version does not know; set UseWebSockets=false"
                    + " and name brokers under [Brokers]");
        }
        if (brokers.isEmpty()) {
            throw new DxlException("There is no broker under [Brokers]");
        }
        return new ClientConfigFile(
                ini.value("General", "ClientId"),
                file(ini, "BrokerCertChain", path),
                file(ini, "CertFile", path),
                file(ini, "PrivateKey", path),
                List.copyOf(brokers));
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
