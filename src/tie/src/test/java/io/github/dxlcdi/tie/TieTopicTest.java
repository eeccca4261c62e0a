package io.github.dxlcdi.tie;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TieTopicTest {
    @ParameterizedTest
    @EnumSource(TieTopic.class)
    void an_event_becomes_the_record_of_its_topic(TieTopic topic) {
        // As long as there is one topic only.
        assertThat(topic.topic()).isEqualTo("/mcafee/event/tie/file/detection");
        assertThat(topic.type()).isEqualTo(FileDetection.class);
        TieEvent event = topic.read(Payloads.event(Payloads.detection()));
        assertThat(event).isInstanceOf(topic.type());
        assertThat(event.origin().topic()).isEqualTo(topic.topic());
        assertThat(event.toJson()).contains("SAMPLE1.EXE");
        assertThat(event.unknownFields()).isEmpty();
    }
}
