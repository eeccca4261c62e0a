package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Jdks;
import io.github.dxlcdi.fabric.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fabric is joined with a key in each form, on our JDK and on a newer one, by the JDK's TLS and by OpenSSL's. */
class KeyFormatsJoinTest {
    private static final Path KEYS = Path.of("../client/src/test/resources/keys");
    private static final List<String> UNREADABLE = List.of("rsa-pkcs8-des3.key", "rsa-pkcs8-scrypt.key", "ed25519.key");

    @TempDir
    private static Path folder;

    private static final List<JoiningClient.Identity> IDENTITIES = new ArrayList<>();

    private static Fabric fabric;

    @BeforeAll
    static void certifyTheKeys() throws Exception {
        fabric = Fabric.start();
        Files.writeString(folder.resolve("ca.crt"), fabric.caPem());
        for (String kind : List.of("rsa", "ec")) {
            X509Certificate theirs = Tls.certificate(Files.readString(KEYS.resolve(kind + ".crt")));
            Files.writeString(
                    folder.resolve(kind + ".crt"), fabric.certify("a client with " + kind, theirs.getPublicKey()));
        }
        for (String name : keys()) {
            String kind = name.substring(0, name.indexOf('-'));
            IDENTITIES.add(new JoiningClient.Identity(
                    folder.resolve(kind + ".crt").toString(), KEYS.resolve(name).toString()));
        }
        IDENTITIES.add(new JoiningClient.Identity(keyStore().toString(), ""));
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @ParameterizedTest(name = "JDK {0}, {1}")
    @CsvSource({"17,jdk", "17,openssl", "25,jdk", "25,openssl"})
    void a_fabric_is_joined_with_a_key_in_each_form(int version, String provider) throws Exception {
        assumeTrue(Jdks.of(version).isPresent(), "there is no such JDK beside this one");

        List<String> lines = JoiningClient.inJvm(
                Jdks.of(version).orElseThrow(),
                JoiningClient.classPath(true),
                List.of("-DdxlClient.tlsProvider=" + provider),
                fabric,
                folder.resolve("ca.crt"),
                IDENTITIES.toArray(JoiningClient.Identity[]::new));

        assertThat(lines).noneMatch(line -> line.startsWith("REFUSED"));
        assertThat(lines).contains("joined " + IDENTITIES.size());
        assertThat(IDENTITIES).hasSize(17);
    }

    private static List<String> keys() throws IOException {
        try (Stream<Path> files = Files.list(KEYS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".key") && !UNREADABLE.contains(name))
                    // They are other forms in nothing but the time that it takes to try them out by the thousand.
                    .filter(name -> !name.contains("one-iteration"))
                    // Their passphrase is another one.
                    .filter(name -> !name.contains("umlaut"))
                    .sorted()
                    .toList();
        }
    }

    private static Path keyStore() throws Exception {
        return Files.write(
                folder.resolve("client.p12"),
                keyStore(Files.readString(folder.resolve("rsa.crt")), Files.readString(KEYS.resolve("rsa-pkcs8.key"))));
    }

    /** A certificate and its RSA key as PKCS#12. */
    static byte[] keyStore(String certificate, String key) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = JoiningClient.PASSWORD.toCharArray();
        store.load(null, password);
        store.setKeyEntry(
                "client", Tls.privateKey(key), password, new X509Certificate[] {Tls.certificate(certificate)});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password);
        return out.toByteArray();
    }
}
