package io.github.dxlcdi.fabric.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b, true",
        "/a/b, /a/c, false",
        "/a/b, /a, false",
        "/a, /a/b, false",
        "/a, /ab, false",
        "#, /a/b, true",
        "#, a, true",
        "/#, /a, true",
        "/a/#, /a/b/c, true",
        "/a/#, /a, true",
        "/a/#, /a/, true",
        "/a/#, /ab, false",
        "/a/#, /b, false",
        "/+/b, /a/b, true",
        "/+/b, /a/x/b, false",
        "/a/+, /a/b, true",
        "/a/+, /a/, true",
        "/a/+, /a, false",
        "/a/+, /a/b/c, false",
        "+, /a, false",
        "+/+, /a, true",
        "/a/+/#, /a/b, true",
        "/a/+/#, /a/b/c/d, true",
        "/a/+/#, /a, false",
        "#, $SYS/uptime, false",
        "+/uptime, $SYS/uptime, false",
        "$SYS/#, $SYS/uptime, true",
    })
    void a_filter_matches_by_the_rules_of_mqtt(String filter, String topic, boolean expected) {
        assertThat(TopicFilter.matches(filter, topic)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a", "/", "#", "+", "/#", "/+", "+/a/+", "/a/+/#"})
    void a_well_formed_filter_may_be_subscribed(String filter) {
        assertThat(TopicFilter.isFilter(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a#", "/#/a", "##", "/a+", "/+a", "/a\0"})
    void an_empty_filter_and_a_misplaced_wildcard_may_not(String filter) {
        assertThat(TopicFilter.isFilter(filter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a/#", "/+/a", "/a\0"})
    void nothing_is_published_to_a_wildcard(String topic) {
        assertThat(TopicFilter.isTopic(topic)).isFalse();
    }
}
