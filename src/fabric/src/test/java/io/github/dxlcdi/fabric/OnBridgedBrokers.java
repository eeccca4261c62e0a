package io.github.dxlcdi.fabric;

import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.junit.FabricExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests on three bridged brokers, which are whole again and without clients after each. */
abstract class OnBridgedBrokers {
    @RegisterExtension
    static final FabricExtension FABRIC =
            FabricExtension.perClass(Fabric.builder().brokers(3));

    Fabric fabric;
    private final List<AutoCloseable> peers = new ArrayList<>();

    @BeforeEach
    void takeFabric() {
        fabric = FABRIC.fabric();
    }

    @AfterEach
    void mend() throws Exception {
        for (AutoCloseable peer : peers) {
            peer.close();
        }
        fabric.authorisation().lift();
        fabric.faults().heal();
        for (FabricBroker broker : fabric.brokers()) {
            if (!broker.isUp()) {
                broker.faults().restart().get(10, TimeUnit.SECONDS);
            }
        }
        await().until(() -> fabric.connectedClients() == 0);
        await().until(() -> fabric.services().isEmpty());
    }

    Peer at(int broker, String... subscribed) throws Exception {
        return at(broker, fabric.identity(), subscribed);
    }

    Peer at(int broker, ClientIdentity identity, String... subscribed) throws Exception {
        Peer peer = Peer.join(fabric, fabric.broker(broker), identity);
        peers.add(peer);
        return peer.subscribe(subscribed);
    }

    DxlPeer dxlAt(int broker) throws Exception {
        return dxlAt(broker, fabric.identity());
    }

    DxlPeer dxlAt(int broker, ClientIdentity identity) throws Exception {
        DxlPeer peer = DxlPeer.join(fabric, fabric.broker(broker), identity);
        peers.add(peer);
        return peer;
    }
}
