package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What of a configuration shows only with real certificates or a real fabric. */
@ExtendWith(SharedFabric.class)
class ClientConfigTest {
    private static final String NO_STRATEGY = "dxlClient.disableDisconnectedStrategy";
    private static final Fabric FABRIC = SharedFabric.fabric();

    @TempDir
    private Path folder;

    @Test
    void the_key_store_holds_the_client_with_its_key_and_the_authorities() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);

        KeyStore store = config.getKeyStore();

        List<String> keys = new ArrayList<>();
        List<String> authorities = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            (store.isKeyEntry(alias) ? keys : authorities).add(alias);
        }
        assertThat(authorities).isNotEmpty();
        assertThat(keys).hasSize(1);
        assertThat(store.getKey(keys.get(0), DxlClientConfig.KS_PASS.toCharArray()))
                .isNotNull();
        assertThat(Files.readString(folder.resolve("client.crt")).replaceAll("\\s", ""))
                .contains(Base64.getEncoder()
                        .encodeToString(store.getCertificate(keys.get(0)).getEncoded()));
        assertThat(config.getKeyStore()).isSameAs(store);
    }

    @Test
    void a_key_store_of_files_that_are_not_there_is_refused() {
        DxlClientConfig config = new DxlClientConfig("no-ca", "no-cert", "no-key", List.of());
        assertThatThrownBy(config::getKeyStore).isInstanceOf(DxlException.class).hasMessageContaining("no-ca");
    }

    @Test
    void with_the_strategy_switched_off_by_a_property_a_lost_client_stays_where_it_is() throws Exception {
        System.setProperty(NO_STRATEGY, "true");
        DxlClient client;
        try {
            client = SharedFabric.clients().connected(Clients.config(FABRIC, folder));
        } finally {
            System.clearProperty(NO_STRATEGY);
        }

        FABRIC.faults().cut();

        await().until(() -> !client.isConnected());
        await().during(Duration.ofMillis(300)).until(() -> FABRIC.connectedClients() == 0);
    }

    @Test
    void a_client_connects_with_what_was_written_and_read_again() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        Path file = folder.resolve("dxlclient.config");
        config.setUniqueId("{me}");
        config.addBroker(new Broker("9", 1, "localhost", null));
        config.write(file.toString());

        DxlClient client = SharedFabric.clients().connected(DxlClientConfig.createDxlConfigFromFile(file.toString()));

        assertThat(client.getUniqueId()).isEqualTo("{me}");
        assertThat(client.getCurrentBroker().getUniqueId()).isEqualTo("{" + FABRIC.brokerId() + "}");
    }
}
