package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.opendxl.client.exception.DxlException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as OpenSSL 3 writes them; the passphrase of all that are encrypted is "secret". */
class KeyFormatsTest {
    private static final Path KEYS = Path.of("src/test/resources/keys");
    private static final char[] PASSPHRASE = "secret".toCharArray();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa-pkcs8",
                "rsa-pkcs1",
                "rsa-pkcs1-aes128",
                "rsa-pkcs1-aes192",
                "rsa-pkcs1-aes256",
                "rsa-pkcs1-des3",
                "rsa-pkcs8-aes128-sha1",
                "rsa-pkcs8-aes256",
                "rsa-pkcs8-aes256-sha512",
                "rsa-pkcs8-pbes1-3des",
                "ec-pkcs8",
                "ec-pkcs8-aes256",
                "ec-sec1",
                "ec-sec1-with-parameters",
                "ec-sec1-aes256",
                "ec-sec1-des3"
            })
    void every_form_of_a_key_is_read_from_a_file_and_inline(String name) throws Exception {
        String kind = name.substring(0, name.indexOf('-'));
        PrivateKey plain = load(kind, kind + "-pkcs8", null).key();
        String inline = Files.readString(KEYS.resolve(name + ".key"));

        for (TlsCredentials loaded : List.of(
                load(kind, name, PASSPHRASE),
                loadInline(kind, inline, PASSPHRASE),
                loadInline(kind, inline.replace("\n", "\r\n"), PASSPHRASE))) {
            assertThat(number(loaded.key())).isEqualTo(number(plain));
        }
        assertThat(PASSPHRASE).as("left as it was").isEqualTo("secret".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa-pkcs1-aes128",
                "rsa-pkcs1-des3",
                "rsa-pkcs8-aes256",
                "rsa-pkcs8-pbes1-3des",
                "ec-pkcs8-aes256",
                "ec-sec1-aes256"
            })
    void a_wrong_passphrase_is_told_as_such_and_kept_secret(String name) {
        String kind = name.substring(0, name.indexOf('-'));
        for (int i = 0; i < 20; i++) {
            // Now and then the padding fits by chance.
            String wrong = "Swordfish" + i;
            assertThatThrownBy(() -> load(kind, name, wrong.toCharArray()))
                    .isInstanceOf(DxlException.class)
                    .hasMessage("The private key (" + KEYS.resolve(name + ".key")
                            + ") can't be decrypted: the passphrase is wrong, or the key is damaged")
                    .hasMessageNotContaining("Swordfish");
        }
    }

    /** Of these, JDK 17 refuses to open the first two in its own way. */
    @ParameterizedTest
    @ValueSource(strings = {"ec-umlaut-aes", "ec-umlaut-3des", "ec-umlaut-trad"})
    void a_passphrase_may_have_any_characters(String name) throws Exception {
        assertThat(number(load("ec", name, "k\u00e4se".toCharArray()).key()))
                .isEqualTo(number(load("ec", "ec-pkcs8", null).key()));
        assertThatThrownBy(() -> load("ec", name, "k\u00f6se".toCharArray()))
                .hasMessageContaining("can't be decrypted: the passphrase is wrong, or the key is damaged");
    }

    @Test
    void a_key_store_with_a_password_beyond_ascii_is_opened_or_refused_with_the_reason() {
        String store = KEYS.resolve("ec-umlaut.p12").toString();
        Throwable refusal = catchThrowable(() -> TlsCredentials.load(ca(), store, null, "k\u00e4se".toCharArray()));

        if (Runtime.version().feature() == 17) {
            assertThat(refusal)
                    .hasMessageContaining("can't be opened: this JVM takes passwords of ASCII characters only for key"
                            + " stores; give it another password");
        } else {
            assertThat(refusal).isNull();
        }
    }

    @Test
    void a_passphrase_that_is_missing_is_asked_for_where_it_is_to_be_given() {
        assertThatThrownBy(() -> load("rsa", "rsa-pkcs8-aes256", null))
                .hasMessageContaining("is encrypted, and there is no passphrase for it; give it as"
                        + " dxl.tls.private-key-password, or to DxlClientConfig.setPrivateKeyPassword");
    }

    @Test
    void a_passphrase_for_a_key_that_needs_none_does_no_harm() throws Exception {
        assertThat(load("rsa", "rsa-pkcs1", PASSPHRASE).key()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs8-des3", "rsa-pkcs8-scrypt"})
    void an_encryption_that_the_jdk_does_not_know_is_told_with_the_remedy(String name) {
        assertThatThrownBy(() -> load("rsa", name, PASSPHRASE))
                .hasMessageContaining(
                        "is encrypted in a way that this JVM does not know, or damaged; convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW");
    }

    @Test
    void a_key_of_another_kind_is_refused() {
        assertThatThrownBy(() -> load("rsa", "ed25519", null)).hasMessageContaining("neither an RSA nor an EC key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa.p12", "rsa-legacy.p12", "ec.pfx"})
    void a_key_store_holds_certificate_issuers_and_key(String name) throws Exception {
        String kind = name.substring(0, name.indexOf(name.contains("-") ? '-' : '.'));
        String store = KEYS.resolve(name).toString();
        TlsCredentials plain = load(kind, kind + "-pkcs8", null);

        for (String key : new String[] {null, "", store}) {
            TlsCredentials loaded = TlsCredentials.load(ca(), store, key, PASSPHRASE);
            assertThat(loaded.key()).isEqualTo(plain.key());
            assertThat(loaded.chain()).isEqualTo(plain.chain());
        }
        assertThat(TlsCredentials.load(ca(), certificate(kind), store, PASSPHRASE)
                        .key())
                .isEqualTo(plain.key());
    }

    @Test
    void a_key_store_that_cannot_be_used_says_why() throws Exception {
        String store = KEYS.resolve("rsa.p12").toString();
        assertThatThrownBy(() -> TlsCredentials.load(ca(), store, null, "wrong".toCharArray()))
                .hasMessage("The client certificate (" + store
                        + ") can't be opened: the password is wrong, or the file is damaged");
        assertThatThrownBy(() -> TlsCredentials.load(ca(), store, null, null))
                .hasMessageContaining("can't be opened: there is no password for it; give it as dxl.tls.private-key");
        assertThatThrownBy(() -> TlsCredentials.load(
                        ca(), KEYS.resolve("certificates-only.p12").toString(), null, PASSPHRASE))
                .hasMessageContaining("holds no private key with its certificate; expected exactly one");

        Path text = Files.writeString(folder.resolve("text.p12"), "not what you think");
        assertThatThrownBy(() -> TlsCredentials.load(ca(), text.toString(), null, PASSPHRASE))
                .hasMessageContaining("is no key store of the kind PKCS#12, or it is damaged");
    }

    @Test
    void a_key_store_with_two_keys_is_refused_with_their_names() throws Exception {
        TlsCredentials rsa = load("rsa", "rsa-pkcs8", null);
        KeyStore two = rsa.toKeyStore();
        TlsCredentials ec = load("ec", "ec-pkcs8", null);
        two.setKeyEntry("another", ec.key(), PASSPHRASE, ec.chain().toArray(new java.security.cert.Certificate[0]));
        Path file = folder.resolve("two.p12");
        try (var out = Files.newOutputStream(file)) {
            two.store(out, PASSPHRASE);
        }

        assertThatThrownBy(() -> TlsCredentials.load(ca(), file.toString(), null, PASSPHRASE))
                .hasMessageContaining("holds more than one private key, [")
                .hasMessageContaining("another")
                .hasMessageContaining("; expected exactly one");
    }

    @Test
    void as_a_key_store_it_is_opened_with_an_empty_password() throws Exception {
        TlsCredentials rsa = load("rsa", "rsa-pkcs8", null);

        KeyStore store = rsa.toKeyStore();

        assertThat(store.getType()).isEqualTo("PKCS12");
        assertThat(store.getKey("client", "".toCharArray())).isEqualTo(rsa.key());
        assertThat(store.getCertificateChain("client")).containsExactlyElementsOf(rsa.chain());
        assertThat(store.getCertificate("broker-ca-1")).isEqualTo(rsa.trusted().get(0));
        assertThat(Collections.list(store.aliases())).hasSize(2);
    }

    /** A key of 160 bytes is cut, doubled and stirred; each outcome has words, and none of them the key's. */
    @ParameterizedTest
    @ValueSource(
            strings = {"rsa-pkcs1", "ec-sec1", "rsa-pkcs1-des3", "rsa-pkcs8-aes256", "rsa-pkcs8-pbes1-3des", "ec-pkcs8"
            })
    void a_damaged_key_is_told_as_such(String name) throws Exception {
        String kind = name.substring(0, name.indexOf('-'));
        String[] lines = Files.readString(KEYS.resolve(name + ".key")).split("\n");
        int first = Arrays.asList(lines).indexOf("") + 1;
        String secret = String.join("", Arrays.copyOfRange(lines, Math.max(1, first), lines.length - 1));
        byte[] good = Base64.getDecoder().decode(secret);
        String head = String.join("\n", Arrays.copyOfRange(lines, 0, Math.max(1, first)));
        for (int at = 0; at < 60; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            for (byte[] each : new byte[][] {bad, Arrays.copyOf(good, at)}) {
                String pem = head + "\n" + Base64.getEncoder().encodeToString(each) + "\n" + lines[lines.length - 1];
                Throwable refusal = catchThrowable(() -> loadInline(kind, pem, PASSPHRASE));
                if (refusal != null) {
                    assertThat(refusal)
                            .isInstanceOf(DxlException.class)
                            .hasMessageStartingWith("The private key ")
                            .hasMessageNotContaining(secret.substring(0, 20));
                }
            }
        }
    }

    @Test
    void a_file_too_large_is_not_read_and_text_too_large_not_searched() throws Exception {
        Path large = folder.resolve("large.key");
        Files.write(large, new byte[1024 * 1024 + 1]);

        assertThatThrownBy(() -> TlsCredentials.load(ca(), certificate("rsa"), large.toString()))
                .hasMessage("The private key (" + large + ") is larger than 1048576 bytes, so it is something else");
        assertThatThrownBy(
                        () -> TlsCredentials.load("-----BEGIN ".repeat(100_000), certificate("rsa"), large.toString()))
                .hasMessageContaining("(given inline) is larger than 1048576 bytes");
    }

    @Test
    void more_certificates_than_anybody_needs_are_refused() throws Exception {
        String one = Files.readString(KEYS.resolve("ca.crt"));

        assertThatThrownBy(() -> TlsCredentials.load(one.repeat(1_001), certificate("rsa"), "none"))
                .hasMessageContaining("holds more than 1000 certificates");
    }

    /** A reader that looks for the end of each beginning anew would be busy for a minute. */
    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN CERTIFICATE-----\n", "-----BEGIN A-----\n", "-----BEGIN ", "-----END A-----"})
    void beginnings_without_an_end_take_no_time(String beginning) {
        String many = "-----BEGIN X-----" + beginning.repeat(1_000_000 / beginning.length());

        org.junit.jupiter.api.Assertions.assertTimeout(
                java.time.Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> TlsCredentials.load(many, many, many))
                        .hasMessageContaining("holds no certificate"));
    }

    private TlsCredentials load(String kind, String name, char[] passphrase) throws DxlException {
        return TlsCredentials.load(
                ca(), certificate(kind), KEYS.resolve(name + ".key").toString(), passphrase);
    }

    private TlsCredentials loadInline(String kind, String key, char[] passphrase) throws DxlException {
        return TlsCredentials.load(ca(), certificate(kind), key, passphrase);
    }

    /** What makes the key; its encoded form may hold the public one too. */
    private static BigInteger number(PrivateKey key) {
        return key instanceof ECPrivateKey ec ? ec.getS() : ((RSAPrivateKey) key).getPrivateExponent();
    }

    private static String ca() {
        return KEYS.resolve("ca.crt").toString();
    }

    private static String certificate(String kind) {
        return KEYS.resolve(kind + ".crt").toString();
    }
}
