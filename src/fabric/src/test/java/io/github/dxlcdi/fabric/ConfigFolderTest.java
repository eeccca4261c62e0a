package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dxlcdi.fabric.junit.FabricExtension;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(FabricExtension.class)
class ConfigFolderTest {
    @TempDir
    Path temp;

    @Test
    void the_config_names_the_broker_and_the_files_beside_it(Fabric fabric) throws Exception {
        Path folder = temp.resolve("made/on/the/way");
        fabric.writeConfig(folder);

        assertThat(folder.resolve("dxlclient.config")).hasContent("""
                        [General]
                        UseWebSockets=false

                        [Certs]
                        BrokerCertChain=ca-bundle.crt
                        CertFile=client.crt
                        PrivateKey=client.key

                        [Brokers]
                        {%1$s}={%1$s};%2$d;localhost;127.0.0.1
                        """.formatted(fabric.brokerId(), fabric.port()));
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("dxlclient.config", "ca-bundle.crt", "client.crt", "client.key");
        }
    }

    @Test
    void a_client_joins_with_what_the_folder_holds(Fabric fabric) throws Exception {
        fabric.writeConfig(temp);

        ClientIdentity read = new ClientIdentity(
                Files.readString(temp.resolve("client.crt")), Files.readString(temp.resolve("client.key")), "");
        RawClient.open(fabric.port(), Tls.context(Files.readString(temp.resolve("ca-bundle.crt")), read))
                .send(RawClient.connect("MQTT", 4, 0x02, 0))
                .expect(RawClient.CONNACK_OK)
                .close();
    }

    @Test
    void the_key_is_unencrypted_pkcs8_of_rsa_2048_and_belongs_to_the_certificate(Fabric fabric) throws Exception {
        fabric.writeConfig(temp);

        String pem = Files.readString(temp.resolve("client.key"));
        assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("\n-----END PRIVATE KEY-----\n");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) Tls.privateKey(pem);
        RSAPublicKey certified = (RSAPublicKey)
                Tls.certificate(Files.readString(temp.resolve("client.crt"))).getPublicKey();
        assertThat(key.getModulus().bitLength()).isEqualTo(2048);
        assertThat(certified.getModulus()).isEqualTo(key.getModulus());
    }

    @Test
    void only_the_owner_may_read_the_key_even_if_an_older_one_was_open_to_all(Fabric fabric) throws Exception {
        Path key = temp.resolve("client.key");
        Files.writeString(key, "older");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-rw-rw-"));

        fabric.writeConfig(temp);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_folder_that_cannot_be_written_is_named(Fabric fabric) throws Exception {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> fabric.writeConfig(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }
}
