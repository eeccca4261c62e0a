package com.opendxl.client.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"{5D73B77F-8C4B-4AE0-B437-FEBD12FACFD4}", " 5d73b77f-8c4b-4ae0-b437-febd12facfd4\n"})
    void a_uuid_is_read_with_braces_or_without(String id) {
        assertThat(UuidGenerator.fromString(id)).isEqualTo(UUID.fromString("5d73b77f-8c4b-4ae0-b437-febd12facfd4"));
        assertThat(UuidGenerator.normalize(id)).isEqualTo("{5d73b77f-8c4b-4ae0-b437-febd12facfd4}");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"{}", "1-1-1-1-1", "{5d73b77f-8c4b-4ae0-b437-febd12facfd4", "5d73b77f8c4b4ae0b437febd12facfd4"})
    void what_is_no_uuid_is_refused(String id) {
        assertThatThrownBy(() -> UuidGenerator.fromString(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + id + "' is no UUID");
        assertThatThrownBy(() -> UuidGenerator.normalize(id)).isInstanceOf(IllegalArgumentException.class);
    }
}
