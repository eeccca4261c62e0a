package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dxlcdi.fabric.CipherProfile;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that offers RSA key exchange only, met from JVMs that allow it and from such that don't. */
class RsaOnlyBrokerTest {
    private static final Path OURS = Path.of(System.getProperty("java.home"));
    private static final Pattern ADVICE =
            Pattern.compile("(?m)holds the one line: (jdk\\.tls\\.disabledAlgorithms=.*)$");

    @TempDir
    private static Path folder;

    private static Fabric fabric;
    private static JoiningClient.Identity identity;

    @BeforeAll
    static void start() {
        fabric = Fabric.builder().ciphers(CipherProfile.RSA_KEY_EXCHANGE_ONLY).start();
        fabric.writeConfig(folder);
        identity = new JoiningClient.Identity(
                folder.resolve("client.crt").toString(),
                folder.resolve("client.key").toString());
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @Test
    void with_openssl_on_the_class_path_it_is_joined_on_our_jdk() throws Exception {
        assertJoinedByOpenSsl(join(OURS, true));
    }

    @Test
    void with_openssl_on_the_class_path_it_is_joined_on_a_jdk_that_forbids_it() throws Exception {
        assertJoinedByOpenSsl(join(jdk25(), true));
    }

    @Test
    void with_openssl_it_is_joined_where_the_security_properties_forbid_it() throws Exception {
        assertJoinedByOpenSsl(join(OURS, true, forbidding()));
    }

    @Test
    void without_openssl_a_jdk_that_forbids_it_says_what_to_do_and_that_helps() throws Exception {
        assertAdviceHelps(jdk25());
    }

    @Test
    void without_openssl_security_properties_that_forbid_it_say_what_to_do_and_that_helps() throws Exception {
        assertAdviceHelps(OURS, forbidding());
    }

    @Test
    void openssl_asked_for_and_not_there_says_what_to_add() throws Exception {
        assertThat(join(OURS, false, "-DdxlClient.tlsProvider=openssl"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("REFUSED ")
                        .contains("TLS is to be OpenSSL's (dxl.tls.provider, or dxlClient.tlsProvider), which is not"
                                + " there; add the dependency io.netty:netty-tcnative-boringssl-static"));
    }

    @Test
    void the_jdk_asked_for_is_taken_though_openssl_is_there() throws Exception {
        try (Fabric any = Fabric.start()) {
            Path other = Files.createDirectory(folder.resolve("any"));
            for (String provider : List.of("jdk", "openssl", "auto")) {
                assertThat(JoiningClient.join(any, other, provider))
                        .contains(provider.equals("jdk") ? "(JDK)" : "(OpenSSL)")
                        .contains("TLSv1.3 TLS_AES_", "forwardSecrecy=true");
            }
        }
    }

    private static void assertJoinedByOpenSsl(List<String> lines) {
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("JOINED ")
                        .contains("tls=Optional[TLSv1.2 TLS_RSA_WITH_AES_", "(OpenSSL)", "forwardSecrecy=false"))
                .filteredOn(line -> line.contains("DXL0221"))
                .hasSize(1)
                .first()
                .asString()
                .contains("has no forward secrecy (TLSv1.2 TLS_RSA_WITH_AES_");
    }

    private static void assertAdviceHelps(Path javaHome, String... options) throws Exception {
        String refusal = join(javaHome, false, options).stream()
                .filter(line -> line.startsWith("REFUSED "))
                .findFirst()
                .orElseThrow();
        assertThat(refusal)
                .contains("TLS failed with Received fatal alert: handshake_failure")
                .contains("add the dependency io.netty:netty-tcnative-boringssl-static to the application")
                .contains("start the JVM with the option -Djava.security.properties=FILE");
        Matcher advice = ADVICE.matcher(refusal);
        assertThat(advice.find()).as(refusal).isTrue();
        assertThat(advice.group(1)).contains("SSLv3, TLSv1, TLSv1.1").doesNotContain("TLS_RSA_");

        Path file = Files.writeString(folder.resolve("advised.properties"), advice.group(1) + "\n");
        assertThat(join(javaHome, false, "-Djava.security.properties=" + file))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("JOINED ")
                        .contains("TLSv1.2 TLS_RSA_WITH_AES_256_GCM_SHA384 (JDK)", "forwardSecrecy=false"));
    }

    private static List<String> join(Path javaHome, boolean withOpenSsl, String... options) throws Exception {
        return JoiningClient.inJvm(
                javaHome,
                JoiningClient.classPath(withOpenSsl),
                List.of(options),
                fabric,
                folder.resolve("ca-bundle.crt"),
                identity);
    }

    private static String forbidding() throws Exception {
        return "-Djava.security.properties="
                + Files.writeString(
                        folder.resolve("forbidding.properties"),
                        "jdk.tls.disabledAlgorithms=SSLv3, TLSv1, TLSv1.1, RC4, DES, NULL, anon, TLS_RSA_WITH_AES_256_GCM_SHA384,"
                                + " TLS_RSA_WITH_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_256_CBC_SHA256,"
                                + " TLS_RSA_WITH_AES_128_CBC_SHA256, TLS_RSA_WITH_AES_256_CBC_SHA,"
                                + " TLS_RSA_WITH_AES_128_CBC_SHA, TLS_RSA_*\n");
    }

    private static Path jdk25() {
        assumeTrue(Jdks.of(25).isPresent(), "there is no JDK 25 beside this one");
        return Jdks.of(25).orElseThrow();
    }
}
