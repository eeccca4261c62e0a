package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DxlUtilsTest {
    @ParameterizedTest
    @CsvSource({
        "/foo/bar, /foo/# /# #",
        "/foo, /# #",
        "/, /# #",
        "foo/bar, foo/# #",
        "foo, #",
        "'', #",
        "#, ''",
        "/foo/#, ''",
        "/foo/, /foo/# /# #",
        "//, //# /# #"
    })
    void wildcards_go_from_the_nearest_outwards(String topic, String wildcards) {
        List<String> seen = new ArrayList<>();

        DxlUtils.iterateWildcards(seen::add, topic);

        assertThat(String.join(" ", seen)).isEqualTo(wildcards);
    }

    @Test
    void a_cause_that_is_ours_is_thrown_as_it_is_and_another_one_is_wrapped() {
        DxlException ours = new WaitTimeoutException("late");
        assertThatThrownBy(() -> DxlUtils.throwWrappedException("It failed", ours))
                .isSameAs(ours);

        IllegalStateException other = new IllegalStateException("odd");
        assertThatThrownBy(() -> DxlUtils.throwWrappedException("It failed", other))
                .isExactlyInstanceOf(DxlException.class)
                .hasMessage("It failed: odd")
                .hasCause(other);
    }
}
