package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a config file says of TLS, at a broker that speaks 1.2 alone, as those of DXL do. */
class TlsLimitsTest {
    @RegisterExtension
    static final OwnFabric OWN = new OwnFabric(Fabric.builder().tlsProtocols("TLSv1.2"));

    private static final Clients CLIENTS = OWN.clients();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "jdk, ECDHE-RSA-AES128-SHA256, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "openssl, ECDHE-RSA-AES128-SHA, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "jdk, AESGCM+AES128:!DH, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    })
    void only_the_suites_of_the_file_are_offered(String provider, String ciphers, String suite) throws Exception {
        DxlClientConfig config = configWith("TlsCiphers=" + ciphers);
        config.setTlsProvider(provider);

        DxlClient client = CLIENTS.connected(config);

        assertThat(client.fabricConnection().security().tls())
                .hasValueSatisfying(tls -> assertThat(tls).startsWith("TLSv1.2 " + suite + " "));
    }

    @Test
    void a_broker_that_speaks_no_version_that_is_new_enough_is_not_joined() throws Exception {
        DxlClientConfig config = configWith("TlsMinVersion=1.3");
        config.setConnectRetries(0);

        assertThatThrownBy(CLIENTS.make(config)::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("protocol_version");
        CLIENTS.connected(configWith("TlsMinVersion=1.2"));
    }

    @Test
    void suites_that_we_do_not_speak_are_told_before_anything_is_tried() throws Exception {
        DxlClientConfig config = configWith("TlsCiphers=RC4-MD5");

        assertThatThrownBy(() -> CLIENTS.make(config))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("The cipher suites are 'RC4-MD5' (TlsCiphers)");
    }

    private DxlClientConfig configWith(String line) throws IOException, DxlException {
        OWN.fabric().writeConfig(folder);
        Path file = folder.resolve("dxlclient.config");
        Files.writeString(file, Files.readString(file).replace("[General]", "[General]\n" + line));
        return DxlClientConfig.createDxlConfigFromFile(file.toString());
    }
}
