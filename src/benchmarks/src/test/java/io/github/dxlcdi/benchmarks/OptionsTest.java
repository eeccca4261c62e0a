package io.github.dxlcdi.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dxlcdi.benchmarks.contender.Contender;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void by_itself_everybody_takes_part_five_times() {
        Options options = Options.parse();
        assertThat(options.contenders()).containsExactly(Contender.values());
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.closeLives()).isEqualTo(3);
    }

    @Test
    void nobody_has_more_lives_who_takes_no_part() {
        assertThat(Options.parse("--only", "floor,paho").close()).containsExactly(Contender.FLOOR);
    }

    @Test
    void contenders_are_chosen_by_name() {
        assertThat(Options.parse("--only", "paho,dxl-cdi").contenders())
                .containsExactly(Contender.PAHO, Contender.DXL_CDI);
    }

    @Test
    void who_writes_something_else_is_told_what_there_is() {
        assertThatThrownBy(() -> Options.parse("--only", "nobody")).hasMessageContaining("smallrye");
        assertThatThrownBy(() -> Options.parse("--rounds")).hasMessageContaining("--rounds N");
        assertThatThrownBy(() -> Options.parse("--fast")).hasMessageContaining("--short");
    }
}
