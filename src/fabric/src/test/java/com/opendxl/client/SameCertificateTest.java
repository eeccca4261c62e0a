package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.EventCallback;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.RawClient;
import io.github.dxlcdi.tie.FileDetection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two clients with one certificate, and one client id, are one identity to the fabric, but two connections. */
@ExtendWith(SharedFabric.class)
class SameCertificateTest {
    private static final int DETECTIONS = 300;
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final List<FileDetection> sent = new ArrayList<>();
    private final List<String> one = new CopyOnWriteArrayList<>();
    private final List<String> other = new CopyOnWriteArrayList<>();
    private final Outages outagesOfOther = new Outages();

    @TempDir
    private Path folder;

    private DxlClient first;
    private DxlClient second;

    @BeforeEach
    void connect() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        DxlClientConfig same = Clients.config(FABRIC, folder);
        same.setUniqueId(config.getUniqueId());
        first = receiving(config, one);
        second = receiving(same, other);
        second.fabricConnection().listen(outagesOfOther);
        first.connect();
        second.connect();
        assertThat(FABRIC.connectedClients()).isEqualTo(2);
    }

    @Test
    void each_gets_every_detection_in_order() {
        publish(DETECTIONS, i -> {});

        assertGotAll(one);
        assertGotAll(other);
    }

    @Test
    void that_one_leaves_comes_back_and_closes_is_not_noticed_by_the_other() throws Exception {
        publish(DETECTIONS, i -> {
            try {
                switch (i) {
                    case 50 -> first.disconnect();
                    case 100 -> first.connect();
                    case 200 -> first.close();
                    default -> {
                        // Only detections.
                    }
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertGotAll(other);
        assertThat(outagesOfOther.losses).isEmpty();
        assertThat(second.isConnected()).isTrue();
    }

    @Test
    void that_one_is_cut_is_not_noticed_by_the_others() throws Exception {
        RawClient third = RawClient.join(FABRIC);
        publish(DETECTIONS, i -> {
            if (i == 100) {
                third.close();
            }
        });

        assertGotAll(one);
        assertGotAll(other);
        assertThat(outagesOfOther.losses).isEmpty();
        await().until(() -> FABRIC.connectedClients() == 2);
    }

    private void publish(int count, Consumer<Integer> meanwhile) {
        for (int i = 0; i < count; i++) {
            meanwhile.accept(i);
            sent.add(FABRIC.detections().publishRandom());
        }
    }

    private void assertGotAll(List<String> received) {
        List<String> expected = sent.stream().map(FileDetection::agentGuid).toList();
        await().until(() -> received.size() >= expected.size());
        assertThat(received).isEqualTo(expected);
    }

    private static DxlClient receiving(DxlClientConfig config, List<String> received) throws Exception {
        DxlClient client = CLIENTS.make(config);
        EventCallback callback = event -> received.add(FileDetection.read(event).agentGuid());
        client.addEventCallback(FileDetection.TOPIC, callback);
        return client;
    }
}
