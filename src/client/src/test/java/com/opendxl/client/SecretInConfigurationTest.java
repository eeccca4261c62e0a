package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dxlcdi.client.tls.LogLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A secret in the wrong place: no exception and no log line holds more than seven characters of it. */
class SecretInConfigurationTest {
    private static final int MOST_SHOWN = 7;
    private static final String CA = "src/test/resources/keys/ca.crt";
    private static final String CERTIFICATE = "src/test/resources/keys/ec.crt";
    private static final String KEY = "src/test/resources/keys/ec-pkcs8.key";
    private static final String FILE = """
            [General]
            UseWebSockets=no
            ClientId=me
            TlsMinVersion=1.2
            VerifyHostname=no
            TlsCiphers=ECDHE
            ConnectRetries=1
            [Certs]
            BrokerCertChain=%s
            CertFile=%s
            PrivateKey=%s
            [Brokers]
            one=id;8883;host;192.0.2.1
            [Proxy]
            Address=proxy
            Port=3128
            """.formatted(CA, CERTIFICATE, KEY);
    private static final List<String> PLACES =
            FILE.lines().filter(line -> line.contains("=")).toList();

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("secrets");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("dxlclient.config"));
        Files.delete(folder);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
    void as_the_value_of_any_key_of_a_file_it_is_not_shown(
            @ForAll("secrets") String secret, @ForAll("places") String line) throws IOException {
        String key = line.substring(0, line.indexOf('=') + 1);
        shownOf(secret, FILE.replace(line, key + secret));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void as_a_line_a_key_or_a_part_of_a_broker_it_is_not_shown(
            @ForAll("secrets") String secret, @ForAll("texts") String text) throws IOException {
        shownOf(secret, FILE + text.replace("SECRET", secret));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void as_an_argument_it_is_not_shown(@ForAll("secrets") String secret) throws IOException {
        List<Broker> brokers = List.of(new Broker("id", 8883, "host", null));
        DxlClientConfig proxied = new DxlClientConfig(CA, CERTIFICATE, KEY, brokers);
        proxied.setProxyAddress(secret);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> DxlClientConfig.createDxlConfigFromFile(secret),
                () -> Broker.parse(secret),
                () -> Broker.parse("ssl://" + secret),
                () -> Broker.parse("id;8883;" + secret),
                () -> new DxlClientConfig(secret, CERTIFICATE, KEY, brokers).connectionSettings(),
                () -> new DxlClientConfig(CA, secret, KEY, brokers).connectionSettings(),
                () -> new DxlClientConfig(CA, secret + ".p12", KEY, brokers).connectionSettings(),
                () -> new DxlClientConfig(CA, CERTIFICATE, secret, brokers).connectionSettings(),
                () -> proxied.setTlsProvider(secret),
                proxied::connectionSettings)) {
            shownOf(secret, call);
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<byte[]> bytes = Arbitraries.randoms()
                .map(random -> {
                    byte[] made = new byte[24 + random.nextInt(376)];
                    random.nextBytes(made);
                    return made;
                })
                .withoutEdgeCases();
        Arbitrary<String> base64 = bytes.map(Base64.getEncoder()::encodeToString);
        return Arbitraries.oneOf(
                base64,
                base64.map(text -> text.substring(0, 31)),
                bytes.map(Base64.getUrlEncoder()::encodeToString),
                bytes.map(key -> Base64.getMimeEncoder().encodeToString(key)),
                bytes.map(HexFormat.of()::formatHex),
                bytes.map(HexFormat.ofDelimiter(":")::formatHex),
                base64.map(text -> "-----BEGIN PRIVATE KEY-----" + text + "-----END PRIVATE KEY-----"),
                base64.map(text -> "-----BEGIN CERTIFICATE-----\\n" + text + "\\n-----END CERTIFICATE-----"),
                base64.map(text -> text + "\n-----END EC PRIVATE KEY-----"),
                base64.map(text -> "http://alice:" + text.substring(0, 12) + "@proxy.example.org:3128"),
                base64.map(text -> "password: " + text.substring(0, 14)),
                Combinators.combine(
                                Arbitraries.strings().alpha().ofMinLength(5).ofMaxLength(20),
                                Arbitraries.of("!", "&", "?", "*", "^", "\"", "@"),
                                Arbitraries.strings()
                                        .ascii()
                                        .numeric()
                                        .ofMinLength(5)
                                        .ofMaxLength(9))
                        .as((letters, sign, digits) -> letters + sign + digits));
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of(PLACES);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                "SECRET",
                "SECRET=x\nSECRET=x",
                "[SECRET]\n[SECRET]",
                "[Brokers]\nSECRET=nothing",
                "User=SECRET\nPassword=SECRET\nSECRET",
                "[BrokersWebSockets]\nb=SECRET;8883;host",
                "[BrokersWebSockets]\nb=id;SECRET;host",
                "[BrokersWebSockets]\nb=id;443;host;SECRET",
                "[BrokersWebSockets]\nb=id;443;one;two;SECRET");
    }

    private static void shownOf(String secret, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("dxlclient.config"), text);
        shownOf(
                secret,
                () -> DxlClientConfig.createDxlConfigFromFile(file.toString()).connectionSettings());
    }

    private static void shownOf(String secret, ThrowingCallable call) {
        StringWriter shown = new StringWriter();
        try (LogLines log = new LogLines("io.github.dxlcdi")) {
            Throwable thrown = catchThrowable(call);
            if (thrown != null) {
                thrown.printStackTrace(new PrintWriter(shown, true));
            }
            shown.append(String.join("\n", log.lines()));
        }
        Set<String> pieces =
                pieces(secret.replaceAll("-----[A-Z ]+-----|http://|proxy.example.org:3128|password: ", "\n"));
        pieces.retainAll(pieces(shown.toString()));
        assertThat(pieces).as("in: %s", shown).isEmpty();
    }

    private static Set<String> pieces(String text) {
        return text.lines()
                .flatMap(line -> IntStream.range(0, Math.max(0, line.length() - MOST_SHOWN))
                        .mapToObj(at -> line.substring(at, at + MOST_SHOWN + 1)))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
