package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dxlcdi.fabric.ChildJvm;
import io.github.dxlcdi.fabric.CipherProfile;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Jdks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client joins a fabric of each profile by the best suite that both have. */
class CipherProfileJoinTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "TRELLIX_6_1_1, jdk, TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 (JDK)",
        "TRELLIX_6_1_1, openssl, TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 (OpenSSL)",
        "FIPS, jdk, TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 (JDK)",
        "FIPS, openssl, TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 (OpenSSL)",
        "MODERN, jdk, TLSv1.3 TLS_AES_256_GCM_SHA384 (JDK)",
        "MODERN, openssl, TLSv1.3 TLS_AES_256_GCM_SHA384 (OpenSSL)"
    })
    void a_fabric_of_each_profile_is_joined_with_forward_secrecy(CipherProfile profile, String provider, String tls)
            throws Exception {
        assertThat(join(profile, provider)).contains("tls=Optional[" + tls + "]", "forwardSecrecy=true");
    }

    @Test
    void rsa_key_exchange_with_openssl_has_no_forward_secrecy() throws Exception {
        assertThat(join(CipherProfile.RSA_KEY_EXCHANGE_ONLY, "openssl"))
                .contains("TLSv1.2 TLS_RSA_WITH_AES_256_GCM_SHA384 (OpenSSL)", "forwardSecrecy=false");
    }

    @Test
    void a_jdk_that_forbids_rsa_key_exchange_serves_it_with_openssl_and_says_what_it_needs_without() throws Exception {
        assumeTrue(Jdks.of(25).isPresent(), "there is no JDK 25 beside this one");

        assertThat(fabricOnJdk25(true))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("JOINED ")
                        .contains("TLS_RSA_WITH_", "(OpenSSL)", "forwardSecrecy=false"));
        assertThat(fabricOnJdk25(false))
                .anySatisfy(line -> assertThat(line)
                        .contains("The TLS of this JVM has none of the cipher suites")
                        .contains("add the dependency io.netty:netty-tcnative-boringssl-static"));
    }

    private List<String> fabricOnJdk25(boolean withOpenSsl) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                Jdks.of(25).orElseThrow(),
                JoiningClient.classPath(withOpenSsl),
                RsaOnlyFabric.class,
                List.of(),
                folder.toString())) {
            child.await("done", Duration.ofSeconds(60));
            return child.lines();
        }
    }

    private String join(CipherProfile profile, String provider) throws Exception {
        try (Fabric fabric = Fabric.builder().ciphers(profile).start()) {
            return JoiningClient.join(fabric, folder, provider);
        }
    }

    /** A program that starts a fabric, and joins it. */
    static final class RsaOnlyFabric {
        private RsaOnlyFabric() {}

        public static void main(String[] arguments) {
            try (Fabric fabric = Fabric.builder()
                    .ciphers(CipherProfile.RSA_KEY_EXCHANGE_ONLY)
                    .start()) {
                System.out.println("JOINED " + JoiningClient.join(fabric, Path.of(arguments[0]), "auto"));
            } catch (Exception e) {
                System.out.println(e.getMessage());
            }
            System.out.println("done 0");
        }
    }
}
