package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.opendxl.client.exception.DxlException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsCredentialsTest {
    private static X509Bundle root;
    private static X509Bundle intermediate;
    private static X509Bundle client;
    private static X509Bundle foreign;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        root = certificate("root", Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        intermediate = certificate("intermediate", Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .buildIssuedBy(root);
        client = certificate("client", Algorithm.rsa2048).buildIssuedBy(intermediate);
        foreign = certificate("foreign", Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    @ParameterizedTest
    @EnumSource(names = {"rsa2048", "rsa3072", "ecp256", "ecp384"})
    void keys_of_rsa_and_of_elliptic_curves_are_read(Algorithm algorithm) throws Exception {
        X509Bundle own = certificate("own", algorithm).buildIssuedBy(root);

        TlsCredentials loaded =
                TlsCredentials.load(root.getCertificatePEM(), own.getCertificatePEM(), own.getPrivateKeyPEM());

        assertThat(loaded.key()).isEqualTo(own.getKeyPair().getPrivate());
        assertThat(loaded.chain()).containsExactly(own.getCertificate(), root.getCertificate());
        assertThat(loaded.trusted()).containsExactly(root.getCertificate());
        assertThat(loaded).hasToString("TlsCredentials[CN=own]");
    }

    @Test
    void files_are_read_like_inline_text() throws Exception {
        TlsCredentials loaded = TlsCredentials.load(
                file("ca-bundle.crt", root.getCertificatePEM() + intermediate.getCertificatePEM()),
                file("client.crt", client.getCertificatePEM()),
                file("client.key", client.getPrivateKeyPEM()));

        assertThat(loaded.key()).isEqualTo(client.getKeyPair().getPrivate());
        assertThat(loaded.trusted()).containsExactly(root.getCertificate(), intermediate.getCertificate());
    }

    @Test
    void issuers_that_the_certificate_file_lacks_come_from_the_bundle_in_their_order() throws Exception {
        String bundle = foreign.getCertificatePEM() + root.getCertificatePEM() + intermediate.getCertificatePEM();

        assertThat(TlsCredentials.load(bundle, client.getCertificatePEM(), client.getPrivateKeyPEM())
                        .chain())
                .containsExactly(client.getCertificate(), intermediate.getCertificate(), root.getCertificate());
    }

    @Test
    void an_authority_of_the_same_name_is_not_taken_for_the_issuer() throws Exception {
        X509Bundle namesake = certificate("intermediate", Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        String bundle = namesake.getCertificatePEM() + intermediate.getCertificatePEM();

        assertThat(TlsCredentials.load(bundle, client.getCertificatePEM(), client.getPrivateKeyPEM())
                        .chain())
                .containsExactly(client.getCertificate(), intermediate.getCertificate());
    }

    @Test
    void issuers_in_the_certificate_file_stay_and_are_not_repeated() throws Exception {
        String chain = client.getCertificatePEM() + intermediate.getCertificatePEM();

        assertThat(TlsCredentials.load(intermediate.getCertificatePEM(), chain, client.getPrivateKeyPEM())
                        .chain())
                .containsExactly(client.getCertificate(), intermediate.getCertificate());
    }

    @Test
    void a_whole_chain_in_the_certificate_file_is_taken_as_it_is() throws Exception {
        String chain = client.getCertificatePEM() + intermediate.getCertificatePEM() + root.getCertificatePEM();

        assertThat(TlsCredentials.load(foreign.getCertificatePEM(), chain, client.getPrivateKeyPEM())
                        .chain())
                .containsExactly(client.getCertificate(), intermediate.getCertificate(), root.getCertificate());
    }

    @Test
    void a_certificate_that_is_not_issued_by_the_next_in_its_file_is_named_with_the_remedy() throws Exception {
        String[] own = {client.getCertificatePEM(), intermediate.getCertificatePEM(), root.getCertificatePEM()};
        X509Bundle namesake = certificate("intermediate", Algorithm.ecp256)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();

        refusesChain(
                own[0] + foreign.getCertificatePEM(), "number 1, CN=client, is not issued by number 2, CN=foreign;");
        refusesChain(own[0] + own[2] + own[1], "number 1, CN=client, is not issued by number 2, CN=root;");
        refusesChain(
                own[0] + own[1] + foreign.getCertificatePEM(), "number 2, CN=intermediate, is not issued by number 3,");
        refusesChain(
                own[0] + namesake.getCertificatePEM(),
                "number 1, CN=client, is not issued by number 2, CN=intermediate;");
    }

    @Test
    void one_file_may_hold_key_certificate_and_remarks() throws Exception {
        String all = "Bag Attributes - from a key store\n" + client.getPrivateKeyPEM() + "subject=CN - client\n"
                + client.getCertificatePEM() + "-- the authority:\n" + intermediate.getCertificatePEM();

        TlsCredentials loaded = TlsCredentials.load(root.getCertificatePEM(), all, all);

        assertThat(loaded.key()).isEqualTo(client.getKeyPair().getPrivate());
        assertThat(loaded.chain()).startsWith(client.getCertificate());
    }

    @Test
    void line_ends_of_windows_and_long_lines_are_read() throws Exception {
        String oneLine = "-----BEGIN PRIVATE KEY-----\n" + base64Of(client) + "\n-----END PRIVATE KEY-----";

        assertThat(load(oneLine).key()).isEqualTo(client.getKeyPair().getPrivate());
        assertThat(load(client.getPrivateKeyPEM().replace("\n", "\r\n")).key())
                .isEqualTo(client.getKeyPair().getPrivate());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void what_is_not_given_is_named(String nothing) {
        assertThatThrownBy(() -> TlsCredentials.load(nothing, client.getCertificatePEM(), client.getPrivateKeyPEM()))
                .isInstanceOf(DxlException.class)
                .hasMessage("The CA bundle of the fabric is not given");
        assertThatThrownBy(() -> TlsCredentials.load(root.getCertificatePEM(), nothing, client.getPrivateKeyPEM()))
                .hasMessage("The client certificate is not given");
        assertThatThrownBy(() -> load(nothing)).hasMessage("The private key is not given");
    }

    @Test
    void a_missing_file_is_named() {
        String missing = folder.resolve("none.crt").toString();

        assertThatThrownBy(() -> TlsCredentials.load(root.getCertificatePEM(), missing, client.getPrivateKeyPEM()))
                .isInstanceOf(DxlException.class)
                .hasMessage("The client certificate (" + missing + ") can't be read: no such file");
    }

    @Test
    void a_folder_in_place_of_a_file_is_told() {
        assertThatThrownBy(() -> load(folder.toString()))
                .isInstanceOf(DxlException.class)
                .hasMessage("The private key (" + folder + ") can't be read: Is a directory");
    }

    @Test
    void a_file_without_a_certificate_is_named() throws Exception {
        String file = file("client.crt", client.getPrivateKeyPEM());

        assertThatThrownBy(() -> TlsCredentials.load(root.getCertificatePEM(), file, client.getPrivateKeyPEM()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("The client certificate (" + file + ") holds no certificate")
                .hasMessageContaining("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void a_damaged_certificate_is_told_with_its_number() {
        String second = intermediate.getCertificatePEM();
        String bundle = root.getCertificatePEM() + second.substring(0, 80) + "AAAA" + second.substring(84);

        assertThatThrownBy(() -> TlsCredentials.load(bundle, client.getCertificatePEM(), client.getPrivateKeyPEM()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(
                        "The CA bundle of the fabric (given inline) holds a certificate that can't be read")
                .hasMessageContaining("number 2");
    }

    @Test
    void a_key_of_another_certificate_is_refused() {
        X509Bundle[] others = {root, foreign};
        for (X509Bundle other : others) {
            assertThatThrownBy(() -> load(other.getPrivateKeyPEM()))
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("The private key does not belong to the client certificate CN=client")
                    .hasMessageContaining("made together");
        }
    }

    @Test
    void a_key_of_the_same_kind_that_does_not_fit_is_refused_too() throws Exception {
        X509Bundle other = certificate("other", Algorithm.rsa2048).buildIssuedBy(root);

        assertThatThrownBy(() -> load(other.getPrivateKeyPEM()))
                .hasMessageContaining("The private key does not belong to the client certificate CN=client");
    }

    static Stream<Arguments> keysThatAreRefused() {
        String base64 = base64Of(client);
        String damaged = base64.substring(0, 400) + "!" + base64.substring(401);
        String cut = client.getPrivateKeyPEM().substring(0, 500);
        return Stream.of(
                Arguments.of(
                        "encrypted PKCS#8 without a passphrase",
                        pem("ENCRYPTED PRIVATE KEY", base64),
                        "is encrypted, and there is no passphrase for it; give it as dxl.tls.private-key-password, or to"
                                + " DxlClientConfig.setPrivateKeyPassword"),
                Arguments.of("PKCS#8 as PKCS#1", pem("RSA PRIVATE KEY", base64), "is damaged, or neither an RSA nor"),
                Arguments.of(
                        "encrypted PKCS#1 without a passphrase",
                        pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0011223344\n\n" + base64),
                        "is encrypted, and there is no passphrase for it"),
                Arguments.of("PKCS#8 as SEC 1", pem("EC PRIVATE KEY", base64), "is damaged, or neither an RSA nor an"),
                Arguments.of(
                        "a key of another kind",
                        pem("DSA PRIVATE KEY", base64),
                        "is a 'DSA PRIVATE KEY', expected an RSA or EC key; convert it with: openssl pkcs8 -topk8"),
                Arguments.of("damaged base64", pem("PRIVATE KEY", damaged), "its text is not base64"),
                Arguments.of(
                        "base64 of something else",
                        pem("PRIVATE KEY", "A" + base64.substring(1)),
                        "is damaged, or neither an RSA nor an EC key"),
                Arguments.of("cut off", cut, "is cut off: its private key has no last line"),
                Arguments.of("no key", client.getCertificatePEM(), "holds no private key"),
                Arguments.of("base64 without its lines", base64, "is no PEM text"),
                Arguments.of("base64 without its first line", base64 + "\n-----END PRIVATE KEY-----", "is no PEM text"),
                Arguments.of("one line without its beginning", base64 + " -----END PRIVATE KEY-----", "is no PEM text"),
                Arguments.of("base64 under a title", "my key:\n" + base64, "is no PEM text"),
                Arguments.of(
                        "one line of the base64",
                        base64.substring(64, 128),
                        "is neither a PEM text nor the path of a file"),
                Arguments.of(
                        "the end of a line, and dashes",
                        base64.substring(100, 130) + "----\n",
                        "is neither a PEM text nor the path of a file"),
                Arguments.of("wrapped base64", base64.replaceAll("(.{64})", "$1\n"), "is no PEM text"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keysThatAreRefused")
    void a_key_that_cannot_be_used_is_refused_with_the_remedy_and_without_its_text(
            String what, String key, String message) {
        Throwable refusal = catchThrowable(() -> load(key));

        assertThat(refusal).isInstanceOf(DxlException.class).hasMessageContaining(message);
        assertThat(refusal).hasMessageStartingWith("The private key");
        String secret = base64Of(client).substring(100, 120);
        for (Throwable each = refusal; each != null; each = each.getCause()) {
            assertThat(each.toString())
                    .doesNotContain(secret)
                    .doesNotContain(base64Of(client).substring(0, 20));
        }
    }

    /** It could be a part of a key by its letters, but begins with a folder that is there. */
    @Test
    void a_file_that_is_missing_is_told_with_its_path_though_it_looks_like_base64() {
        Path missing = folder.resolve("Certificates/OfTheClientNumber12/PrivateKey");

        assertThatThrownBy(() -> load(missing.toString()))
                .hasMessage("The private key (" + missing + ") can't be read: no such file");
        assertThatThrownBy(() -> load("src/main/Certificates/OfTheClientNumber12/PrivateKey"))
                .hasMessageContaining("PrivateKey) can't be read: no such file");
    }

    @Test
    void a_key_in_a_file_that_cannot_be_used_is_told_with_the_file() throws Exception {
        String file = file("client.key", pem("RSA PRIVATE KEY", base64Of(client)));

        assertThatThrownBy(() -> load(file)).hasMessageContaining("The private key (" + file + ") is damaged");
    }

    private static void refusesChain(String chain, String words) {
        assertThatThrownBy(() -> TlsCredentials.load(root.getCertificatePEM(), chain, client.getPrivateKeyPEM()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("remove what is not among its issuers, and put the rest in order");
    }

    private static TlsCredentials load(String key) throws DxlException {
        return TlsCredentials.load(root.getCertificatePEM(), client.getCertificatePEM(), key);
    }

    private static String pem(String label, String content) {
        return "-----BEGIN " + label + "-----\n" + content + "\n-----END " + label + "-----\n";
    }

    private static String base64Of(X509Bundle owner) {
        return Base64.getEncoder()
                .encodeToString(owner.getKeyPair().getPrivate().getEncoded());
    }

    private static CertificateBuilder certificate(String name, Algorithm algorithm) {
        return new CertificateBuilder().subject("CN=" + name).algorithm(algorithm);
    }

    private String file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
