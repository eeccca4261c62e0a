package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of PEM texts in files and in the values of a configuration. */
class PemFormsTest {
    private static final Path KEYS = Path.of("src/test/resources/keys");
    private static final char[] PASSPHRASE = "secret".toCharArray();

    @TempDir
    private Path folder;

    static Stream<String> forms() throws Exception {
        return forms(read("ca.crt"), read("ec.crt"), read("ec-pkcs8.key")).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void every_form_is_read_inline_and_from_a_file(String form) throws Exception {
        String ca = read("ca.crt");
        TlsCredentials plain = TlsCredentials.load(ca, read("ec.crt"), read("ec-pkcs8.key"));
        for (String key : new String[] {"ec-pkcs8.key", "ec-pkcs8-aes256.key", "ec-sec1.key"}) {
            String text = forms(ca, read("ec.crt"), read(key)).get(form);
            String file = Files.writeString(folder.resolve("all.pem"), text).toString();
            for (String source : new String[] {text, file}) {
                TlsCredentials loaded = TlsCredentials.load(source, read("ec.crt"), source, PASSPHRASE);
                assertThat(loaded.trusted()).contains(plain.trusted().get(0));
                assertThat(number(loaded)).isEqualTo(number(plain));
                String chain = forms("", read("ec.crt"), read(key)).get(form);
                assertThat(TlsCredentials.load(ca, chain, source, PASSPHRASE).chain())
                        .isEqualTo(plain.chain());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lineEnds")
    void an_encrypted_key_of_the_traditional_format_may_be_on_one_line(String lineEnd) throws Exception {
        String key = read("ec-sec1-aes256.key").replace("\n", lineEnd);

        assertThat(number(TlsCredentials.load(read("ca.crt"), read("ec.crt"), key, PASSPHRASE)))
                .isEqualTo(number(TlsCredentials.load(read("ca.crt"), read("ec.crt"), read("ec-pkcs8.key"))));
    }

    static Stream<String> lineEnds() {
        return Stream.of("\r\n", " ", "\\n", "\\r\\n");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void a_file_that_powershell_wrote_is_read(String name) throws Exception {
        Path ca = folder.resolve("ca.crt");
        Files.write(
                ca, ((name.endsWith("-mark") ? "\ufeff" : "") + read("ca.crt")).getBytes(name.replace("-mark", "")));

        assertThat(TlsCredentials.load(ca.toString(), read("ec.crt"), read("ec-pkcs8.key"))
                        .trusted())
                .isNotEmpty();
    }

    static Stream<String> encodings() {
        return Stream.of("UTF-16LE-mark", "UTF-16BE-mark", "UTF-16LE", "UTF-16BE", "UTF-8-mark");
    }

    private static Map<String, String> forms(String ca, String certificate, String key) {
        String all = ca + certificate + key;
        return Map.ofEntries(
                Map.entry("as they are", all),
                Map.entry("without line ends between them", all.replace("-----\n-----", "----------")),
                Map.entry("key in front", key + ca + certificate),
                Map.entry("with a revocation list", all + "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n"),
                Map.entry(
                        "with lines of dashes",
                        "----------\n" + (ca + certificate).replace("-----BEGIN", "------\n-----BEGIN") + key),
                Map.entry(
                        "as openssl s_client writes it",
                        "Certificate chain\n 0 s:CN = a\n" + ca + " 1 s:CN=b\n" + certificate + "---\n" + key),
                Map.entry("with byte order marks", "\ufeff" + ca + "\ufeff" + certificate + "\ufeff" + key),
                Map.entry("with marks within", all.replace("-----\nM", "-----\n\ufeffM")),
                Map.entry("with Ctrl-Z", ca + "\u001a" + certificate + "\u001a" + key + "\u001a"),
                Map.entry("with Ctrl-Z within", all.replace("\n-----END", "\n\u001a-----END")),
                Map.entry("in quotes", '"' + all + '"'),
                Map.entry("each in quotes", all.replace("-----BEGIN", "\"-----BEGIN")),
                Map.entry("of Windows", all.replace("\n", "\r\n")),
                Map.entry("of old Macs", all.replace('\n', '\r')),
                Map.entry("on one line with blanks", all.replace('\n', ' ')),
                Map.entry("on one line with nothing", all.replace("\n", "")),
                Map.entry("on one line with \\n", all.replace("\n", "\\n")),
                Map.entry("on one line with \\r\\n", all.replace("\n", "\\r\\n")),
                Map.entry("on one line with \\\\n", all.replace("\n", "\\\\n")));
    }

    private static BigInteger number(TlsCredentials credentials) {
        return ((ECPrivateKey) credentials.key()).getS();
    }

    private static String read(String name) throws Exception {
        return Files.readString(KEYS.resolve(name), StandardCharsets.ISO_8859_1);
    }
}
