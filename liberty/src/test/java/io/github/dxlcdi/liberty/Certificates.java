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

    private static void makeKey(Path store, String name, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
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
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
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
