package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read the file of a private key. */
class CredentialFileTest {
    private static final Path KEYS = Path.of("src/test/resources/keys");

    @TempDir
    private Path folder;

    private final LogLines log = new LogLines("io.github.dxlcdi.client.tls");

    @BeforeEach
    void needsPermissions() {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----", "rw-----w-"})
    void a_key_that_others_can_get_at_is_warned_about_with_the_remedy(String permissions) throws Exception {
        Path key = copy("rsa-pkcs8.key", permissions);

        load("rsa.crt", key);

        assertThat(log.lines())
                .containsExactly(
                        "WARNING DXL0220 The private key (" + key + ") can be read or changed by other users of"
                                + " this machine, and whoever has the key is this client to the fabric. Lock it with: chmod 600 "
                                + key);
    }

    @Test
    void a_key_store_is_warned_about_as_well() throws Exception {
        Path store = copy("rsa.p12", "rw-r--r--");

        TlsCredentials.load(KEYS.resolve("ca.crt").toString(), store.toString(), "", "secret".toCharArray());

        assertThat(log.lines()).hasSize(1).first().asString().contains("DXL0220", "chmod 600 " + store);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void a_locked_one_and_certificates_that_all_may_read_are_not(String permissions) throws Exception {
        Files.setPosixFilePermissions(KEYS.resolve("rsa.crt"), PosixFilePermissions.fromString("rw-r--r--"));

        load("rsa.crt", copy("rsa-pkcs8.key", permissions));

        assertThat(log.lines()).isEmpty();
    }

    private static void load(String certificate, Path key) throws Exception {
        TlsCredentials.load(
                KEYS.resolve("ca.crt").toString(), KEYS.resolve(certificate).toString(), key.toString());
    }

    private Path copy(String name, String permissions) throws Exception {
        Path copy = Files.copy(KEYS.resolve(name), folder.resolve(name));
        return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(permissions));
    }
}
