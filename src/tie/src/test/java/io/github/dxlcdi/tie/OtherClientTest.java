package io.github.dxlcdi.tie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.opendxl.client.message.Event;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With another client's JAR, of the same API and nothing beyond it, the records work all the same. */
class OtherClientTest {
    private static final String EVENT = """
            package com.opendxl.client.message;
            public class Event {
                private final String topic;
                private byte[] payload;
                private String clientId;
                private String instanceId;
                public Event(String topic) { this.topic = topic; }
                public String getDestinationTopic() { return topic; }
                public String getMessageId() { return "{an-id}"; }
                public long getVersion() { return 3; }
                public String getSourceClientId() { return clientId; }
                public String getSourceClientInstanceId() { return instanceId; }
                public String getSourceBrokerId() { return "a-broker"; }
                public void setSourceClientId(String clientId) { this.clientId = clientId; }
                public void setSourceClientInstanceId(String instanceId) { this.instanceId = instanceId; }
                public byte[] getPayload() { return payload; }
                public void setPayload(byte[] payload) { this.payload = payload; }
            }
            """;

    @Test
    void a_detection_is_read_where_the_clients_own_interfaces_are_missing(@TempDir Path classes) throws Exception {
        Path source = Files.writeString(classes.resolve("Event.java"), EVENT);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        assertThat(result).isZero();
        URL[] classPath = {classes.toUri().toURL(), home(FileDetection.class), home(JsonParser.class)};
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> eventType = loader.loadClass(Event.class.getName());
            Object event = eventType.getConstructor(String.class).newInstance(FileDetection.TOPIC);
            byte[] payload = Payloads.detection().toString().getBytes(StandardCharsets.UTF_8);
            eventType.getMethod("setPayload", byte[].class).invoke(event, payload);

            Instant before = Instant.now();
            Object detection = call(loader, FileDetection.class.getName(), "read", eventType, event);
            Object origin = detection.getClass().getMethod("origin").invoke(detection);
            Instant receivedAt =
                    (Instant) origin.getClass().getMethod("receivedAt").invoke(origin);

            assertThat(receivedAt).isBetween(before, Instant.now());
            assertThat(origin.getClass()).isNotEqualTo(Origin.class);
            assertThat(origin.toString()).contains("{an-id}", "a-broker");
            assertThat(isStamped(origin)).isFalse();
            assertThat(detection.getClass().getMethod("toJson").invoke(detection))
                    .asString()
                    .contains("SAMPLE1.EXE");

            String client = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b";
            for (String[] ids : new String[][] {
                {client, client + ":5d3f0c7e-8a41-4c52-9f0b-1b2d3e4f5a6b", "true"},
                {client, client, "false"},
                {"{me}", client + ":5d3f0c7e-8a41-4c52-9f0b-1b2d3e4f5a6b", "false"},
                {"a-broker", "a-broker", "true"}
            }) {
                eventType.getMethod("setSourceClientId", String.class).invoke(event, ids[0]);
                eventType.getMethod("setSourceClientInstanceId", String.class).invoke(event, ids[1]);
                Object from = call(loader, Origin.class.getName(), "of", eventType, event);
                assertThat(isStamped(from)).as(ids[1]).isEqualTo(Boolean.parseBoolean(ids[2]));
            }

            eventType.getMethod("setPayload", byte[].class).invoke(event, (Object) null);
            assertThatThrownBy(() -> call(loader, FileDetection.class.getName(), "read", eventType, event))
                    .hasRootCauseMessage("$: found an empty payload, expected an object");
        }
    }

    private static boolean isStamped(Object origin) throws Exception {
        return (boolean) origin.getClass().getMethod("stamped").invoke(origin);
    }

    private static Object call(ClassLoader loader, String type, String method, Class<?> parameter, Object argument)
            throws Exception {
        return loader.loadClass(type).getMethod(method, parameter).invoke(null, argument);
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
