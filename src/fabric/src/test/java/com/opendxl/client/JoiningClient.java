package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.ChildJvm;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that joins a fabric with one certificate and key after the other, and says how it went: what the connection is
 * like, or why there is none.
 */
final class JoiningClient {
    static final String PASSWORD = "secret";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A certificate and its key, each a path; an empty key: it is where the certificate is. */
    record Identity(String certificate, String key) {}

    private JoiningClient() {}

    /** Joins from a JVM of its own, and returns all that it says, a line each. */
    static List<String> inJvm(
            Path javaHome, String classPath, List<String> options, Fabric fabric, Path ca, Identity... identities)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(fabric.port()), ca.toString()));
        for (Identity identity : identities) {
            arguments.add(identity.certificate());
            arguments.add(identity.key());
        }
        try (ChildJvm child =
                ChildJvm.start(javaHome, classPath, JoiningClient.class, options, arguments.toArray(String[]::new))) {
            child.await("joined", PATIENCE);
            return child.lines();
        }
    }

    /** The class path of the tests, with OpenSSL and epoll on it or neither. */
    static String classPath(boolean withNatives) {
        return String.join(
                java.io.File.pathSeparator,
                List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)).stream()
                        .filter(entry -> withNatives || !entry.contains("tcnative") && !entry.contains("epoll"))
                        .toList());
    }

    /** Joins with the folder that {@code fabric} writes. */
    static String join(Fabric fabric, Path folder, String provider) throws Exception {
        fabric.writeConfig(folder);
        return join(fabric.port(), folder.toString(), provider);
    }

    /** Joins with the files of a folder. */
    static String join(int port, String path, String provider) throws Exception {
        Path folder = Path.of(path);
        return join(
                port,
                folder.resolve("ca-bundle.crt").toString(),
                new Identity(
                        folder.resolve("client.crt").toString(),
                        folder.resolve("client.key").toString()),
                provider);
    }

    /** What the connection is like. */
    static String join(int port, String ca, Identity identity, String provider) throws Exception {
        DxlClientConfig config = new DxlClientConfig(
                ca, identity.certificate(), identity.key(), List.of(new Broker("b", port, "localhost", null)));
        config.setPrivateKeyPassword(PASSWORD.toCharArray());
        config.setTlsProvider(provider);
        config.setConnectRetries(0);
        DxlClient client = new DxlClient(config);
        try {
            client.connect();
            return client.fabricConnection().security().toString();
        } finally {
            // That takes a second, and the next one need not wait for it.
            Clients.closeAside(client);
        }
    }

    public static void main(String[] arguments) throws IOException {
        int joined = 0;
        for (int i = 2; i < arguments.length; i += 2) {
            Identity identity = new Identity(arguments[i], arguments[i + 1]);
            try {
                String provider = System.getProperty("dxlClient.tlsProvider", "auto");
                System.out.println("JOINED " + identity + " "
                        + join(Integer.parseInt(arguments[0]), arguments[1], identity, provider));
                joined++;
            } catch (DxlException e) {
                System.out.println("REFUSED " + identity + " " + e.getMessage());
            } catch (Exception e) {
                e.printStackTrace(System.out);
            }
        }
        System.out.println("joined " + joined);
    }
}
