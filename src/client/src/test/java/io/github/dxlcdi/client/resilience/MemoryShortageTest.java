package io.github.dxlcdi.client.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryShortageTest {
    private final AtomicInteger tried = new AtomicInteger();

    @Test
    void a_step_that_ends_for_want_of_memory_is_run_again() {
        MemoryShortage.outlast(() -> {
            if (tried.incrementAndGet() < 3) {
                throw new OutOfMemoryError("injected");
            }
        });

        assertThat(tried).hasValue(3);
    }

    @Test
    void want_of_memory_may_be_what_is_behind_another_error() {
        MemoryShortage.outlast(() -> {
            if (tried.incrementAndGet() < 3) {
                throw new BootstrapMethodError(new OutOfMemoryError("injected"));
            }
        });

        assertThat(tried).hasValue(3);
    }

    @Test
    void what_else_a_step_throws_is_the_callers() {
        assertThatThrownBy(() -> MemoryShortage.outlast(() -> {
                    tried.incrementAndGet();
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(tried).hasValue(1);
    }
}
