package io.github.dxlcdi.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.assertj.core.util.Throwables;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are encrypted or in a key store, and whose TLS is spoken. */
class TlsConfigurationTest extends FabricTest {

    @Test
    void an_encrypted_key_is_opened_with_its_password_which_is_shown_nowhere() throws Exception {
        Path key = Files.writeString(folder.resolve("encrypted.key"), encrypted(fabric.privateKeyPem()));
        try (TestApplication app = with(fabric.certificatePem(), key)
                .and("dxl.tls.private-key-password", "Swordfish")
                .start(Quarantine.class)) {
            await().until(() -> app.readiness().getStatus() == HealthCheckResponse.Status.UP);
        }
        assertThatThrownBy(() -> with(fabric.certificatePem(), key)
                        .and("dxl.tls.private-key-password", "Mackerel")
                        .start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 The private key (" + key + ") can't be decrypted: the passphrase is")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("Mackerel"));
        assertThat(values("dxl.tls.private-key-password", "Mackerel.key")
                        .problem(ConfigurationKey.TLS_PRIVATE_KEY_PASSWORD, "it is odd")
                        .text())
                .contains("'*****'")
                .doesNotContain("Mackerel");
    }

    @Test
    void a_key_store_needs_no_private_key_beside_it() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", privateKey(fabric.privateKeyPem()), "Swordfish".toCharArray(), new Certificate[] {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(fabric.certificatePem().getBytes(StandardCharsets.US_ASCII)))
        });
        Path file = folder.resolve("client.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "Swordfish".toCharArray());
        }
        for (String key : new String[] {"", file.toString()}) {
            try (TestApplication app = TestApplication.with(
                            "dxl.brokers",
                            "ssl://localhost:" + fabric.port(),
                            "dxl.tls.ca",
                            fabric.caPem(),
                            "dxl.tls.certificate",
                            file.toString(),
                            "dxl.tls.private-key",
                            key,
                            "dxl.tls.private-key-password",
                            "Swordfish")
                    .start(Quarantine.class)) {
                await().until(() -> app.readiness().getStatus() == HealthCheckResponse.Status.UP);
            }
        }
        assertThat(configuration(
                                "dxl.brokers", "ssl://localhost",
                                "dxl.tls.ca", fabric.caPem(),
                                "dxl.tls.certificate", "/no/such.p12")
                        .clientConfig())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "", "\\n"})
    void certificates_and_key_may_be_on_one_line(String lineEnd) {
        try (TestApplication app = TestApplication.with(
                        "dxl.brokers",
                        "ssl://localhost:" + fabric.port(),
                        "dxl.tls.ca",
                        '"' + fabric.caPem().replace("\n", lineEnd) + '"',
                        "dxl.tls.certificate",
                        fabric.certificatePem().replace("\n", lineEnd),
                        "dxl.tls.private-key",
                        fabric.privateKeyPem().replace("\n", lineEnd))
                .start(Quarantine.class)) {
            await().until(() -> app.readiness().getStatus() == HealthCheckResponse.Status.UP);
        }
    }

    @Test
    void one_file_may_hold_certificate_and_key_and_whatever_tools_leave_between_them() throws Exception {
        String file = Files.writeString(
                        folder.resolve("all.pem"),
                        "\ufeff 0 s:CN=client\n----------"
                                + fabric.certificatePem().strip() + fabric.privateKeyPem()
                                + "\u001a-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----",
                        StandardCharsets.UTF_16LE)
                .toString();
        try (TestApplication app = TestApplication.with(
                        "dxl.brokers",
                        "ssl://localhost:" + fabric.port(),
                        "dxl.tls.ca",
                        fabric.caPem().strip() + fabric.certificatePem(),
                        "dxl.tls.certificate",
                        file,
                        "dxl.tls.private-key",
                        file)
                .start(Quarantine.class)) {
            await().until(() -> app.readiness().getStatus() == HealthCheckResponse.Status.UP);
        }
    }

    @Test
    void brokers_of_the_fabric_have_the_usage_that_can_be_required() {
        try (TestApplication app =
                application().and("dxl.tls.verify-extended-key-usage", "true").start(Quarantine.class)) {
            await().until(() -> app.readiness().getStatus() == HealthCheckResponse.Status.UP);
        }
        fabric.faults().certificateWithoutUsage();
        try (TestApplication app = application().start(Quarantine.class)) {
            await().until(() -> app.readiness().getStatus() == HealthCheckResponse.Status.UP);
        }
        try (TestApplication app =
                application().and("dxl.tls.verify-extended-key-usage", "true").start(Quarantine.class)) {
            await().until(() -> app.readiness().getData().orElseThrow().containsKey("lastError"));
            assertThat(app.readiness().getData().orElseThrow().get("lastError"))
                    .asString()
                    .contains("it has no extended key usage serverAuth");
        }
    }

    @Test
    void openssl_asked_for_and_not_there_is_told_with_what_to_add() {
        try (TestApplication app =
                application().and("dxl.tls.provider", "OpenSSL").start(Quarantine.class)) {
            await().until(() -> app.readiness().getData().orElseThrow().containsKey("lastError"));
            assertThat(app.readiness().getData().orElseThrow().get("lastError"))
                    .asString()
                    .contains("add the dependency io.netty:netty-tcnative-boringssl-static");
        }
        assertThat(configuration("dxl.tls.provider", "gnutls").problems())
                .extracting(ConfigurationProblem::text)
                .containsExactly("dxl.tls.provider is 'gnutls' (from PropertiesConfigSource[source=the test's source]),"
                        + " expected auto, jdk, openssl");
    }

    private TestApplication.Starter with(String certificate, Path key) {
        return TestApplication.with(
                "dxl.brokers",
                "ssl://localhost:" + fabric.port(),
                "dxl.tls.ca",
                fabric.caPem(),
                "dxl.tls.certificate",
                certificate,
                "dxl.tls.private-key",
                key.toString());
    }

    /** As PKCS#8 with the passphrase Swordfish. */
    private static String encrypted(String pem) throws Exception {
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("Swordfish".toCharArray())),
                new PBEParameterSpec(new byte[8], 2048));
        byte[] encoded = new EncryptedPrivateKeyInfo(
                        cipher.getParameters(), cipher.doFinal(privateKey(pem).getEncoded()))
                .getEncoded();
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    private static PrivateKey privateKey(String pem) throws Exception {
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(
                        Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]*-----", ""))));
    }

    private static DxlConfiguration configuration(String... keysAndValues) {
        return new DxlConfiguration(config(keysAndValues));
    }

    private static ConfigurationValues values(String... keysAndValues) {
        return new ConfigurationValues(config(keysAndValues));
    }

    private static Config config(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (List<String> pair : pairs(keysAndValues)) {
            values.put(pair.get(0), pair.get(1));
        }
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "the test's source", 100))
                .build();
    }

    private static List<List<String>> pairs(String... flat) {
        return IntStream.range(0, flat.length / 2)
                .mapToObj(i -> List.of(flat[2 * i], flat[2 * i + 1]))
                .toList();
    }
}
