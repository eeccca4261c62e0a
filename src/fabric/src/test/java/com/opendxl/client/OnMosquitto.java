package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests at a broker of other people that knows MQTT alone: it stamps and changes nothing, has no registry, and sends
 * requests to whoever has subscribed to their topic.
 */
abstract class OnMosquitto {
    static final Clients CLIENTS = new Clients();
    static Mosquitto mosquitto;

    @BeforeAll
    static void startMosquitto(@TempDir Path folder) throws Exception {
        mosquitto = new Mosquitto(folder);
    }

    @AfterEach
    void mend() throws Exception {
        CLIENTS.disconnectAll();
        if (!mosquitto.isUp()) {
            mosquitto.start();
        }
    }

    @AfterAll
    static void stopMosquitto() throws Exception {
        CLIENTS.close();
        if (mosquitto != null) {
            mosquitto.close();
            mosquitto = null;
        }
    }

    static DxlClient connected() throws DxlException {
        return CLIENTS.connected(mosquitto.config());
    }

    static void send(DxlClient client, String topic, String payload) throws DxlException {
        Event event = new Event(topic);
        event.setPayload(payload.getBytes(UTF_8));
        client.sendEvent(event);
    }
}
