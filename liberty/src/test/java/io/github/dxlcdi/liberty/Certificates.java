package io.github.dxlcdi.liberty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority, a broker and a client, made by the JDK's keytool and written as PEM. As on a default DXL fabric the
 * broker's certificate has no subjectAltName.
 */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Certificates() {}

    /** Writes ca-bundle.crt, broker.crt, broker.key, client.crt and client.key. */
    static void write(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("keys.p12");
        Files.deleteIfExists(store);
        makeKey(store, "ca", "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
        makeKey(store, "broker", "-signer", "ca", "-ext", "eku=serverAuth");
        makeKey(store, "client", "-signer", "ca", "-ext", "eku=clientAuth");
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            writePem(folder.resolve("ca-bundle.crt"), "CERTIFICATE", encoded(keys.getCertificate("ca")));
            for (String name : List.of("broker", "client")) {
                writePem(folder.resolve(name + ".crt"), "CERTIFICATE", encoded(keys.getCertificate(name)));
                byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
                writePem(folder.resolve(name + ".key"), "PRIVATE KEY", key);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("Can't read " + store, e);
        }
    }

    /** The authority's certificate, PEM. */
    static String authority(Path folder) throws IOException {
        return Files.readString(folder.resolve("ca-bundle.crt"));
    }

    /** The certificate that the authority issues for a request, PEM. */
    static String sign(Path folder, String request) throws IOException {
        Path file = Files.writeString(folder.resolve("request.csr"), request);
        Path issued = folder.resolve("issued.crt");
        try {
            keytool(
                    folder.resolve("keys.p12"),
                    "-gencert",
                    "-alias",
                    "ca",
                    "-ext",
                    "eku=clientAuth",
                    "-rfc",
                    "-infile",
                    file.toString(),
                    "-outfile",
                    issued.toString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return Files.readString(issued);
    }

    /** TLS of a server that shows the broker's certificate. */
    static SSLContext serverContext(Path folder) throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(
                    KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray()),
                    PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("Can't use the keys in " + folder, e);
        }
    }

    private static void makeKey(Path store, String name, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "2"));
        arguments.addAll(List.of(options));
        keytool(store, arguments.toArray(String[]::new));
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Programs.run(store.getParent(), command);
    }

    private static byte[] encoded(Certificate certificate) throws GeneralSecurityException {
        return certificate.getEncoded();
    }

    private static void writePem(Path file, String type, byte[] content) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + LINES.encodeToString(content) + "\n-----END " + type + "-----\n");
    }
}
