package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.request.PendingRequests;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\u001b", "\u007f", "\u0085", "\u009b", "\u200b", "\u202e", "\u2028", "\u2029", "\ud800"
            })
    void what_a_terminal_obeys_is_shown_as_a_question_mark(String obeyed) {
        assertThat(Incoming.shown("/a" + obeyed + "/b")).isEqualTo("/a?/b");
    }

    @Test
    void text_in_any_script_is_shown_as_it_is() {
        assertThat(Incoming.shown("/Größe/日本 𝒳")).isEqualTo("/Größe/日本 𝒳");
    }

    @Test
    void what_ids_take_in_memory_fills_the_queue_as_well() throws Exception {
        Set<String> ids =
                IntStream.range(0, 20_000).mapToObj(Integer::toHexString).collect(Collectors.toSet());
        Event event = new Event("/t");
        event.setClientIds(ids);
        byte[] body = event.toBytes();
        Incoming incoming = new Incoming(
                new DxlClientConfig(), new PendingRequests<>(), new OfferedServices(refusal -> {}), () -> "/answers");

        for (int i = 0; i < 40; i++) {
            incoming.add("/t", body);
        }

        assertThat(incoming.isFull()).isTrue();
    }
}
