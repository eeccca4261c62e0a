package com.opendxl.client.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidGeneratorTest {
    @Test
    void an_id_is_a_random_uuid_in_lower_case_and_braces() {
        String id = UuidGenerator.generateIdAsString();

        assertThat(id).matches("\\{[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}}");
        assertThat(UuidGenerator.generateIdAsString()).isNotEqualTo(id);
    }

    @Test
    void a_uuid_keeps_its_digits() {
        assertThat(UuidGenerator.toString(UUID.fromString("5D73B77F-8C4B-4AE0-B437-FEBD12FACFD4")))
                .isEqualTo("{5d73b77f-8c4b-4ae0-b437-febd12facfd4}");
    }

    @Test
    void what_was_typed_is_trimmed_and_made_lower_case() {
        assertThat(UuidGenerator.normalize(" {5D73B77F-8C4B} ")).isEqualTo("{5d73b77f-8c4b}");
        assertThat(UuidGenerator.normalize(null)).isNull();
    }
}
