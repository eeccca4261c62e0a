package io.github.dxlcdi.client.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.dxlcdi.client.fuzz.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is given as certificates and key: credentials, or words without a secret, and soon. A run with a million inputs
 * each: {@code -P fuzz}; for its sake most encrypted keys have one iteration only.
 */
class CredentialsFuzzTest {
    private static final Path KEYS = Path.of("src/test/resources/keys");
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();
    private static final String CA = read("ca.crt");
    private static final List<String> CHEAP = List.of(
            "rsa-pkcs8",
            "rsa-pkcs1",
            "rsa-pkcs1-aes128",
            "rsa-pkcs1-aes256",
            "rsa-pkcs1-des3",
            "rsa-pkcs8-des3",
            "rsa-pkcs8-scrypt",
            "ec-pkcs8",
            "ec-pkcs8-aes256-one-iteration",
            "ec-pkcs8-pbes1-3des-one-iteration",
            "ec-sec1",
            "ec-sec1-with-parameters",
            "ec-sec1-aes256",
            "ec-sec1-des3",
            "ed25519");
    private static final List<String> DEAR = List.of(
            "rsa-pkcs8-aes128-sha1",
            "rsa-pkcs8-aes256",
            "rsa-pkcs8-aes256-sha512",
            "rsa-pkcs8-pbes1-3des",
            "ec-pkcs8-aes256");
    private static final List<String> PIECES = List.of(
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----",
            "-----END EC PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----",
            "-----END CERTIFICATE-----",
            "-----BEGIN ",
            "-----END ",
            "-----",
            "Proc-Type: 4,ENCRYPTED\n",
            "DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n",
            "DEK-Info: ,",
            "\n",
            "\r\n",
            "\n\n",
            "MC4CAQAwBQYDK2VwBCIEIA==",
            "MIIB",
            "====",
            "\0",
            "\u00e9",
            ":");

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("credentials");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Example
    void the_forms_that_get_damaged_are_good() throws Exception {
        for (String name : CHEAP) {
            if (!List.of("rsa-pkcs8-des3", "rsa-pkcs8-scrypt", "ed25519").contains(name)) {
                TlsCredentials.load(CA, certificateOf(name), read(name + ".key"), LoadOutcome.passphrase());
            }
        }
        TlsCredentials.load(CA, KEYS.resolve("ec-one-iteration.p12").toString(), null, LoadOutcome.passphrase());
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void any_text_is_read_or_refused(@ForAll("texts") String text) {
        LoadOutcome.ofKey(CA, text, text);
        LoadOutcome.ofCertificates(text, CA, text);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void a_key_whose_text_was_damaged_is_read_or_refused(@ForAll("keys") String name, @ForAll("damage") Damage damage) {
        String pem = read(name + ".key");

        LoadOutcome.ofKey(certificateOf(name), damagedText(pem, damage), pem).tellsNothingOf(pem);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void a_key_whose_bytes_were_damaged_is_read_or_refused(
            @ForAll("keys") String name, @ForAll("damage") Damage damage) {
        String pem = read(name + ".key");

        LoadOutcome.ofKey(certificateOf(name), damagedBytes(pem, damage), pem).tellsNothingOf(pem);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void certificates_that_were_damaged_are_read_or_refused(
            @ForAll("certificates") String name, @ForAll("damage") Damage damage, @ForAll boolean bytesOnly) {
        String pem = read(name);
        String damaged = bytesOnly ? damagedBytes(pem, damage) : damagedText(pem, damage);

        LoadOutcome.ofCertificates(damaged, read("ec.crt"), read("ec-sec1.key"));
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void a_key_store_that_was_damaged_is_read_or_refused(@ForAll("damage") Damage damage) throws IOException {
        byte[] good = Files.readAllBytes(KEYS.resolve("ec-one-iteration.p12"));
        Path file = Files.write(folder.resolve("damaged.p12"), damage.of(good));

        LoadOutcome.ofStore(file).tellsNothingOf(read("ec-pkcs8.key"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of(PIECES)),
                        Tuple.of(1, Arbitraries.strings().ofMaxLength(5)),
                        Tuple.of(1, Arbitraries.of(read("ec-sec1.key"), read("ec.crt"), read("rsa-pkcs8.key"))))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.frequencyOf(Tuple.of(50, Arbitraries.of(CHEAP)), Tuple.of(1, Arbitraries.of(DEAR)));
    }

    @Provide
    Arbitrary<String> certificates() {
        return Arbitraries.of("ca.crt", "ec.crt", "rsa.crt");
    }

    @Provide
    Arbitrary<Damage> damage() {
        return Damage.any();
    }

    /** The first and the last line, and headers, stay as they are. */
    private static String damagedBytes(String pem, Damage damage) {
        int headersEnd = pem.indexOf("\n\n");
        int begin = headersEnd > 0 ? headersEnd + 2 : pem.indexOf("\nM") + 1;
        int end = pem.lastIndexOf("-----END");
        byte[] good = Base64.getMimeDecoder().decode(pem.substring(begin, end));
        return pem.substring(0, begin) + Base64.getEncoder().encodeToString(damage.of(good)) + "\n"
                + pem.substring(end);
    }

    private static String damagedText(String pem, Damage damage) {
        return new String(damage.of(pem.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    private static String certificateOf(String key) {
        return read(key.startsWith("rsa") ? "rsa.crt" : "ec.crt");
    }

    private static String read(String name) {
        return TEXTS.computeIfAbsent(name, file -> {
            try {
                return Files.readString(KEYS.resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
