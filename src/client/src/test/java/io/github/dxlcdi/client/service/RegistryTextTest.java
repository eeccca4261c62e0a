package io.github.dxlcdi.client.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryTextTest {
    @Test
    void a_registration_looks_as_the_protocol_shows_it() throws IOException {
        assertThat(text(RegistryText.register(
                        "/mycompany/myservice",
                        "{3c1d0a54-7b0e-4c0e-9a55-2f5c6b7d8e90}",
                        List.of("/mycompany/service/basic"),
                        Map.of("k", "v"),
                        60)))
                .isEqualTo(
                        "{\"serviceType\":\"/mycompany/myservice\","
                                + "\"serviceGuid\":\"{3c1d0a54-7b0e-4c0e-9a55-2f5c6b7d8e90}\","
                                + "\"requestChannels\":[\"/mycompany/service/basic\"],\"metaData\":{\"k\":\"v\"},\"ttlMins\":60}");
    }

    @Test
    void what_there_is_none_of_is_left_out() throws IOException {
        assertThat(text(RegistryText.register("/t", "{1}", List.of(), Map.of(), 10)))
                .isEqualTo("{\"serviceType\":\"/t\",\"serviceGuid\":\"{1}\",\"ttlMins\":10}");
    }

    @Test
    void the_end_names_the_service_alone() throws IOException {
        assertThat(text(RegistryText.unregister("{1}"))).isEqualTo("{\"serviceGuid\":\"{1}\"}");
    }

    @Test
    void text_of_any_kind_stays_what_it_is() throws IOException {
        assertThat(text(RegistryText.register("/Größe \"1\"", "{1}", List.of(), Map.of(), 10)))
                .startsWith("{\"serviceType\":\"/Größe \\\"1\\\"\"");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
